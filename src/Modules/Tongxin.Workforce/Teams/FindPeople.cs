using Microsoft.Extensions.Localization;
using Tongxin.People.Contracts;
using Tongxin.Platform.Access;
using Tongxin.Platform.Ui;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Workforce.Teams;

/// <summary>Choices of persons for a form: by the search box, or the free volunteers when nothing was typed.</summary>
internal sealed class FindPeople(IPersons persons, ITeams teams, TeamSight sight, IStringLocalizer<WorkforceText> texts)
{
    private const int Most = 50;

    public async Task<IReadOnlyList<FieldOption>> ExecuteAsync(string? who, Actor actor, CancellationToken ct)
    {
        List<(Guid Id, FieldOption Option)> found = string.IsNullOrWhiteSpace(who)
            ? [.. (await teams.FreeVolunteersAsync(ct)).OrderByDescending(v => v.CanLead)
                .Select(v => (v.PersonId, Option(v.PersonId, v.Name, v.CanLead ? texts["volunteer.can-lead"].Value : null, null)))]
            : [.. (await persons.SearchAsync(who.Trim(), Most, ct)).Select(p => (p.Id, Option(p.Id, p.Name, p.HouseholdLabel, p.Number)))];
        var reached = await sight.PeopleAsync([.. found.Select(f => f.Id)], actor, WorkforcePermissions.Edit, ct);
        return [.. found.Where(f => reached.Contains(f.Id)).Take(Most).Select(f => f.Option)];
    }

    // The room or number tells two people of one name apart.
    private static FieldOption Option(Guid id, string name, string? first, string? second) =>
        new(id.ToString(), string.Join(" · ", new[] { name, first, second }.OfType<string>()));
}
