using System.Security.Cryptography;
using System.Text;
using Tongxin.Core.Teams;
using Tongxin.Grid.Cells;
using Tongxin.People.Contracts;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Grid.ProposeTeams;

/// <summary>What a proposal stands on: entrances, their households, who is free.</summary>
internal static class ProposalGround
{
    public static IReadOnlyList<GridUnit> Units(GridPicture picture, ProposalRequest request) =>
        [.. picture.Units.Where(u => u.Households > 0 && (request.Buildings.Count == 0 || request.Buildings.Contains(u.BuildingId)))];

    public static TeamsRequest ToRequest(ProposalRequest request, GridPicture picture, GridDoors doors, IReadOnlyList<VolunteerView> volunteers)
    {
        var units = Units(picture, request);
        var inside = units.Select(u => u.Id).ToHashSet();
        var households = units.Sum(u => u.Households);
        return new TeamsRequest
        {
            Units = [.. units.Select((u, i) => new CoverUnit(u.Id, u.BuildingId, u.Households, i, Middle(u.Place)))],
            Volunteers = [.. volunteers.OrderBy(v => v.PersonId).Select(v => ToVolunteer(v, picture, doors, inside))],
            TeamCount = request.Teams ?? Math.Max(1, (households + ProposalRequest.HouseholdsOfATeam - 1) / ProposalRequest.HouseholdsOfATeam),
            MinSize = request.MinSize,
            MaxSize = request.MaxSize,
            Substitutes = request.Substitutes,
            EntranceCap = request.EntranceCap,
            Weights = request.Weights,
        };
    }

    /// <summary>Changes when a household comes, goes or moves, or an entrance or household changes cells.</summary>
    public static string Fingerprint(ProposalRequest request, GridPicture picture, GridDoors doors)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var unit in Units(picture, request).OrderBy(u => u.Id))
        {
            hash.AppendData(Encoding.ASCII.GetBytes($"{unit.Id:N}{unit.CellId:N};"));
            foreach (var home in doors.Of(unit)) hash.AppendData(Encoding.ASCII.GetBytes($"{home.Id:N}{doors.CellOf(home.Id):N}"));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static Volunteer ToVolunteer(VolunteerView v, GridPicture picture, GridDoors doors, HashSet<Guid> inside)
    {
        var home = v.HouseholdId is { } id && doors.Find(id) is { } household && picture.UnitsById.TryGetValue(household.PlaceId, out var unit) ? unit : null;
        var isInside = home is not null && inside.Contains(home.Id);
        return new Volunteer(v.PersonId, isInside ? home?.Id : null, v.CanLead, v.PartyMember, HomeAt: isInside || home is null ? null : Middle(home.Place));
    }

    private static Position? Middle(PlaceView p) =>
        p is { X: { } x, Y: { } y } ? new Position(x + ((p.Width ?? 0) / 2), y + ((p.Height ?? 0) / 2)) : null;
}
