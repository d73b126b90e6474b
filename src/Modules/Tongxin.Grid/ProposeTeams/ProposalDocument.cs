using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tongxin.Core.Teams;

namespace Tongxin.Grid.ProposeTeams;

/// <summary>What the office asks for. No places: everything in scope.</summary>
internal sealed record ProposalRequest
{
    public IReadOnlyList<Guid> Buildings { get; init; } = [];

    /// <summary>Teams wanted; null: one for each <see cref="HouseholdsOfATeam"/> households.</summary>
    public int? Teams { get; init; }
    public int MinSize { get; init; } = 3;
    public int MaxSize { get; init; } = 10;
    public int Substitutes { get; init; } = 1;

    /// <summary>Households from which an entrance may be divided among cells; null: never.</summary>
    public int? EntranceCap { get; init; }
    public TeamsWeights Weights { get; init; } = new();

    /// <summary>Before the number in the names of the teams.</summary>
    public string TeamName { get; init; } = "";

    public const int HouseholdsOfATeam = 30;
    public const int MostTeamName = 20;
}

/// <summary>A reason as it is kept: code and the words for its places.</summary>
internal sealed record Reason(string Code, IReadOnlyList<string> Args)
{
    public static Reason From(Because because) => new(because.Code, [.. because.Args.Select(Word)]);

    private static string Word(object? value) => value is double number ? number.ToString("0.#", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}

internal sealed record SeatDraft(Guid PersonId, SeatRole Role, Reason Why);

internal sealed record TeamDraft(int Number, IReadOnlyList<CellPart> Cell, IReadOnlyList<SeatDraft> Seats, IReadOnlyList<Reason> Why)
{
    [JsonIgnore]
    public int Households => Cell.Sum(c => c.Households);

    [JsonIgnore]
    public int Size => Seats.Count(s => s.Role != SeatRole.Substitute);

    [JsonIgnore]
    public Guid? Captain => Seats.FirstOrDefault(s => s.Role == SeatRole.Captain)?.PersonId;

    /// <summary>Captain, members, substitutes.</summary>
    public TeamDraft With(IEnumerable<SeatDraft> seats) => this with { Seats = [.. seats.OrderBy(s => s.Role)] };
}

internal sealed record GapDraft(int? Team, Reason Why);

internal sealed record UnplacedDraft(Guid PersonId, Reason Why);

/// <summary>A proposal as it is kept and changed by hand.</summary>
/// <param name="Rules">Of the proposal as it was computed.</param>
/// <param name="Adjusted">Changes made by hand since.</param>
internal sealed record ProposalDocument(
    IReadOnlyList<TeamDraft> Teams, IReadOnlyList<UnplacedDraft> Unplaced, IReadOnlyList<GapDraft> Gaps, IReadOnlyList<RuleScore> Rules, int Adjusted)
{
    public static ProposalDocument From(TeamsProposal proposal) => new(
        [.. proposal.Teams.Select(t => new TeamDraft(t.Number, t.Cell, [.. t.Seats.Select(s => new SeatDraft(s.VolunteerId, s.Role, Reason.From(s.Why)))], [.. t.Why.Select(Reason.From)]))],
        [.. proposal.Unplaced.Select(u => new UnplacedDraft(u.VolunteerId, Reason.From(u.Why)))],
        [.. proposal.Gaps.Select(g => new GapDraft(g.Team, Reason.From(g.Why)))],
        proposal.Score.Rules, 0);

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static ProposalDocument Read(string json) =>
        JsonSerializer.Deserialize<ProposalDocument>(json, JsonSerializerOptions.Web) ?? throw new InvalidOperationException("No proposal.");

    public TeamDraft? Find(int number) => Teams.FirstOrDefault(t => t.Number == number);

    /// <summary>After a change by hand: the gaps as they are now, the shortage of cells as it was.</summary>
    public ProposalDocument Changed(IEnumerable<TeamDraft> teams, IEnumerable<UnplacedDraft> unplaced, ProposalRequest request)
    {
        List<TeamDraft> now = [.. teams.OrderBy(t => t.Number)];
        var gaps = Gaps.Where(g => g.Team is null).ToList();
        foreach (var team in now)
        {
            if (team.Captain is null) gaps.Add(new(team.Number, new("teams.gap.no_captain_left", [])));
            if (team.Size < request.MinSize) gaps.Add(new(team.Number, new("teams.gap.too_small", [Word(team.Size), Word(request.MinSize)])));
            if (request.Substitutes > 0 && team.Seats.All(s => s.Role != SeatRole.Substitute)) gaps.Add(new(team.Number, new("teams.gap.no_substitute", [])));
        }
        return this with { Teams = now, Unplaced = [.. unplaced], Gaps = gaps, Adjusted = Adjusted + 1 };
    }

    private static string Word(int number) => number.ToString(CultureInfo.InvariantCulture);
}
