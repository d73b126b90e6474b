using Microsoft.Extensions.Localization;
using Tongxin.People.Contracts;
using Tongxin.Platform.Ui;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Workforce.Teams;

/// <summary>Choices of persons for a form: by the search box, or the free volunteers when nothing was typed.</summary>
internal sealed class FindPeople(IPersons persons, ITeams teams, IStringLocalizer<WorkforceText> texts)
{
    private const int Most = 50;

    public async Task<IReadOnlyList<FieldOption>> ExecuteAsync(string? who, CancellationToken ct)
    {
        if (!string.IsNullOrWhiteSpace(who))
            return [.. (await persons.SearchAsync(who.Trim(), Most, ct)).Select(p => Option(p.Id, p.Name, p.HouseholdLabel, p.Number))];
        return [.. (await teams.FreeVolunteersAsync(ct)).OrderByDescending(v => v.CanLead).Take(Most)
            .Select(v => Option(v.PersonId, v.Name, v.CanLead ? texts["volunteer.can-lead"].Value : null, null))];
    }

    // The room or number tells two people of one name apart.
    private static FieldOption Option(Guid id, string name, string? first, string? second) =>
        new(id.ToString(), string.Join(" · ", new[] { name, first, second }.OfType<string>()));
}
