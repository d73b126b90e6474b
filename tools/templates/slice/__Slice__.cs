using Tongxin.Core.Common;
using Tongxin.Platform;
using Tongxin.Platform.Access;
using Tongxin.Platform.Data;

namespace Tongxin.__Module__.__Slice__;

internal sealed record __Slice__Request(string Title);

internal sealed record __Slice__Result(Guid Id);

/// <summary>Say in one line what this does.</summary>
internal sealed class __Slice__(TongxinDb db)
{
    public async Task<Result<__Slice__Result>> ExecuteAsync(__Slice__Request request, Actor actor, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(request.Title)) return Error.Invalid("__module__.__slice__.title-missing");

        var id = Ids.New();
        db.Record(actor, "__module__.__slice__.done", "__slice__", id);
        await db.CommitAsync(ct);
        return new __Slice__Result(id);
    }
}
