using System.Text;
using Tongxin.Core.Common;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.Workforce.Contracts;
using Tongxin.Workforce.Data;

namespace Tongxin.Workforce.Calls;

/// <summary>What an applicant typed, as typed.</summary>
internal sealed record TypedApplicant
{
    public string? Name { get; init; }
    public string? Number { get; init; }
    public string? Phone { get; init; }
    public PersonCategory? Category { get; init; }
    public string? Unit { get; init; }
    public IReadOnlyList<CampusDuty> Duties { get; init; } = [];
    public IReadOnlyList<TypedSkill> Skills { get; init; } = [];
    public IReadOnlyList<FreeTime> Free { get; init; } = [];
    public string? Home { get; init; }
    public bool PartyMember { get; init; }
    public string? Community { get; init; }
}

/// <summary>A skill with the certificate's number and last day, as typed.</summary>
internal sealed record TypedSkill(Skill Skill, string? Proof, string? Through);

/// <summary>A refusal and the field it belongs to.</summary>
internal sealed record FieldError(string Field, Error Error);

/// <summary>Reads an applicant from form and file by the same rules. Every refusal names its field.</summary>
internal static class ReadApplicant
{
    public const int LongestName = 60;
    private const int LongestText = 60;
    private const int LongestProof = 40;

    /// <param name="duties">The duties of the call; without a choice of one's own all of them are meant.</param>
    public static (ApplicantFacts Facts, IReadOnlyList<FieldError> Errors) Read(TypedApplicant typed, IReadOnlyList<CampusDuty> duties, DateOnly today)
    {
        var errors = new List<FieldError>();
        var name = TextFold.Clean(typed.Name);
        if (NameError(name) is { } wrong) errors.Add(new FieldError(nameof(typed.Name), wrong));

        var number = Blank(typed.Number)?.ToUpperInvariant().Replace(" ", "", StringComparison.Ordinal);
        if (number is not null && !IsNumber(number)) errors.Add(new FieldError(nameof(typed.Number), CallErrors.NumberUnreadable));
        string? phone = null;
        if (Blank(typed.Phone) is { } typedPhone)
        {
            var read = PhoneNumber.Parse(typedPhone);
            if (read.IsFailure) errors.Add(new FieldError(nameof(typed.Phone), read.Error));
            else phone = read.Value.Value;
        }
        if (number is null && Blank(typed.Phone) is null) errors.Add(new FieldError(nameof(typed.Number), CallErrors.NumberOrPhone));

        if (typed.Duties.Any(d => !duties.Contains(d))) errors.Add(new FieldError(nameof(typed.Duties), CallErrors.DutyUnknown));
        var skills = new List<ClaimedSkill>();
        foreach (var skill in typed.Skills.DistinctBy(s => s.Skill))
        {
            var read = ReadSkill(skill, today);
            if (read.IsFailure) errors.Add(new FieldError($"{nameof(typed.Skills)}.{skill.Skill}", read.Error));
            else skills.Add(read.Value);
        }
        foreach (var (field, text) in new[] { (nameof(typed.Unit), typed.Unit), (nameof(typed.Home), typed.Home), (nameof(typed.Community), typed.Community) })
            if (TextFold.Clean(text).Length > LongestText) errors.Add(new FieldError(field, CallErrors.TooLong));

        return (new ApplicantFacts
        {
            Name = name,
            Number = number,
            Phone = phone,
            Category = typed.Category ?? (number is null ? PersonCategory.Resident : PersonCategory.Student),
            Unit = Blank(typed.Unit),
            Duties = typed.Duties.Count == 0 ? duties : [.. typed.Duties.Distinct().Order()],
            Skills = skills,
            Free = [.. typed.Free.Distinct().Order()],
            Home = Blank(typed.Home),
            PartyMember = typed.PartyMember,
            Community = Blank(typed.Community),
        }, errors);
    }

    private static Error? NameError(string name) =>
        name.Length == 0 ? CallErrors.NameMissing
        : name.Length > LongestName || name[0] is '=' or '+' or '-' or '@' || !name.EnumerateRunes().Any(Rune.IsLetter) ? CallErrors.NameUnreadable
        : null;

    private static bool IsNumber(string number) => number.Length is >= 3 and <= 20 && number.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && number.Any(char.IsAsciiDigit);

    private static Result<ClaimedSkill> ReadSkill(TypedSkill typed, DateOnly today)
    {
        var proof = Blank(typed.Proof);
        if (proof?.Length > LongestProof) return CallErrors.TooLong;
        if (Blank(typed.Through) is not { } text) return new ClaimedSkill(typed.Skill, proof, null);
        var day = LooseDate.Parse(text, today);
        if (day.IsFailure) return CallErrors.DayUnreadable;
        return day.Value < today ? CallErrors.SkillExpired : new ClaimedSkill(typed.Skill, proof, day.Value);
    }

    private static string? Blank(string? text) => TextFold.Clean(text) is { Length: > 0 } clean ? clean : null;
}
