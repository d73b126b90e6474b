using Tongxin.Platform.Access;
using Tongxin.Screening.Rounds;

namespace Tongxin.Screening.Registers;

/// <summary>A sheet of a round in the wording of the paper form; its headers stay Chinese in every language of the page.</summary>
internal interface ITestingSheet
{
    /// <summary>Its place in the address.</summary>
    string Key { get; }

    /// <summary>Its title on paper.</summary>
    string Title { get; }

    IReadOnlyList<string> Headers { get; }

    /// <summary>In characters, for the file.</summary>
    IReadOnlyList<double> Widths { get; }

    /// <summary>What a page counts: rows, or tubes with their rows.</summary>
    int PageSize { get; }

    /// <summary>The word for what a page counts: a key of SheetText.</summary>
    string UnitKey { get; }

    /// <summary>A part of it within the actor's reach; null when there is no such round for the actor. Masked without a leave.</summary>
    Task<SheetView?> ReadAsync(Guid round, int skip, int take, Actor actor, Data.SheetLeave? leave, CancellationToken ct);
}

/// <summary>A part of a sheet.</summary>
/// <param name="Total">Of what <see cref="ITestingSheet.PageSize"/> counts.</param>
internal sealed record SheetView(TestingView Round, IReadOnlyList<IReadOnlyList<object?>> Lines, int Total);
