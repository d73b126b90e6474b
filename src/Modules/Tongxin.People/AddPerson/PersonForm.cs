using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.People.Data;

namespace Tongxin.People.AddPerson;

/// <summary>What somebody typed about a person, in the form of adding and correcting. Texts as typed; <see cref="PersonReader"/> reads them.</summary>
internal sealed class PersonForm
{
    public string? Name { get; set; }
    public Sex Sex { get; set; }
    public DateOnly? BirthDate { get; set; }
    public PersonCategory Category { get; set; }
    public string? Number { get; set; }
    public IdentityDocumentKind? DocumentKind { get; set; }
    public string? Document { get; set; }
    public bool ForgetDocument { get; set; }
    public string? Phone { get; set; }
    public bool ForgetPhone { get; set; }
    public string? Note { get; set; }

    /// <summary>Of the household that a new person is added to.</summary>
    public Relation Relation { get; set; }
    public string? Bed { get; set; }

    /// <summary>The version that was shown when the form was opened.</summary>
    public int Version { get; set; }

    public PersonForm Copy() => (PersonForm)MemberwiseClone();
}

/// <summary>A form read: the facts, or which field is refused and why.</summary>
internal sealed record ReadForm(PersonFacts Facts, IReadOnlyList<FieldRefusal> Refusals);

/// <summary>A refusal beside a field.</summary>
internal sealed record FieldRefusal(string Field, Error Error);

/// <summary>Reads what was typed with the readers of Core; every refusal names its field.</summary>
internal static class PersonReader
{
    private const int LongestName = 60;

    public static ReadForm Read(PersonForm form, DateOnly today)
    {
        var refusals = new List<FieldRefusal>();
        var name = TextFold.Clean(form.Name);
        if (name.Length == 0) Refuse(nameof(form.Name), PeopleErrors.NameMissing);
        else if (name.Length > LongestName) Refuse(nameof(form.Name), PeopleErrors.NameTooLong);
        else if (name[0] is '=' or '+' or '-' or '@') Refuse(nameof(form.Name), PeopleErrors.NameIsFormula);
        if (form.BirthDate > today) Refuse(nameof(form.BirthDate), PeopleErrors.BornLater);

        (string Kind, string Number)? document = null;
        if (!string.IsNullOrWhiteSpace(form.Document))
        {
            var read = IdentityDocument.Parse(form.Document, today, form.DocumentKind);
            if (read.IsFailure) Refuse(nameof(form.Document), read.Error);
            else document = (read.Value.Kind.ToString(), read.Value.Number);
        }
        string? phone = null;
        if (!string.IsNullOrWhiteSpace(form.Phone))
        {
            var read = PhoneNumber.Parse(form.Phone);
            if (read.IsFailure) Refuse(nameof(form.Phone), read.Error);
            else phone = read.Value.Value;
        }
        return new ReadForm(
            new PersonFacts
            {
                Name = name,
                Sex = form.Sex,
                BirthDate = form.BirthDate,
                Category = form.Category,
                Number = Blank(form.Number)?.ToUpperInvariant(),
                Document = document,
                Phone = phone,
                Note = Blank(form.Note),
            },
            refusals);

        void Refuse(string field, Error error) => refusals.Add(new FieldRefusal(field, error));
    }

    private static string? Blank(string? text) => TextFold.Clean(text) is { Length: > 0 } clean ? clean : null;
}
