using Microsoft.AspNetCore.Http;
using Tongxin.Core.Rounds;
using Tongxin.Platform.Ui.Tables;

namespace Tongxin.Grid.GapList;

/// <summary>The list's address and what it asks for: page, part and files share the parser.</summary>
internal static class GapAddress
{
    private static readonly TableDefaults Defaults = new("act", FilterKeys: ["state", "result", "cell", "place", "escalated"]);

    public static TableQuery Read(IQueryCollection query) => TableQuery.From(query, Defaults);

    public static GapQuery ToGaps(this TableQuery query, Guid round) => new(
        round,
        Enum.TryParse<TargetStatus>(query.Filter("state"), ignoreCase: true, out var status) ? status : null,
        Enum.TryParse<OutcomeKind>(query.Filter("result"), ignoreCase: true, out var result) ? result : null,
        query.Filter("result") == "Untried",
        query.Filter("escalated") is not null,
        Guid.TryParse(query.Filter("cell"), out var cell) ? cell : null,
        Guid.TryParse(query.Filter("place"), out var place) ? place : null,
        query.Q,
        query.Page,
        query.Size);
}
