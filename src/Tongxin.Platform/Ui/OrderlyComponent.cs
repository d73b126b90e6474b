using Microsoft.AspNetCore.Components;

namespace Tongxin.Platform.Ui;

/// <summary>
/// Base of pages and their parts: reads first, is rendered then, and never reads while another part of the same page reads.
/// A usual component is rendered while it still waits for its first answer, and its parts begin to read at once; all of them
/// share the one database session of the request, which refuses a second question before the first is answered.
/// </summary>
public abstract class OrderlyComponent : ComponentBase
{
    private bool _initialized;

    [Inject] private RenderOrder Order { get; set; } = null!; // set by the framework

    /// <inheritdoc />
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        await Order.WaitAsync();
        try
        {
            if (!_initialized)
            {
                _initialized = true;
                OnInitialized();
                await OnInitializedAsync();
            }
            OnParametersSet();
            await OnParametersSetAsync();
        }
        finally
        {
            Order.Release();
        }
        StateHasChanged();
    }
}

/// <summary>One part of a page at a time.</summary>
internal sealed class RenderOrder : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    public Task WaitAsync() => _turn.WaitAsync();

    public void Release() => _turn.Release();

    public void Dispose() => _turn.Dispose();
}
