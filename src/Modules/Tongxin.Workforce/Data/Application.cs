using System.Text.Json;
using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Data;
using Tongxin.Workforce.Contracts;

namespace Tongxin.Workforce.Data;

/// <summary>What the office said to an application.</summary>
internal enum Verdict
{
    /// <summary>Nothing yet.</summary>
    Waiting,

    /// <summary>录用.</summary>
    Accepted,

    /// <summary>候补.</summary>
    Reserve,

    /// <summary>未录用, or left again.</summary>
    Declined,
}

/// <summary>When somebody could come.</summary>
internal enum FreeTime
{
    WeekdayDay,
    WeekdayNight,
    WeekendDay,
    WeekendNight,
}

/// <summary>A skill as the applicant says it; held only after acceptance.</summary>
internal sealed record ClaimedSkill(Skill Skill, string? Proof, DateOnly? ValidThrough);

/// <summary>What somebody says of themselves, read and canonical.</summary>
internal sealed record ApplicantFacts
{
    public string Name { get; init; } = "";
    public string? Number { get; init; }
    public string? Phone { get; init; }
    public PersonCategory Category { get; init; }
    public string? Unit { get; init; }
    public IReadOnlyList<CampusDuty> Duties { get; init; } = [];
    public IReadOnlyList<ClaimedSkill> Skills { get; init; } = [];
    public IReadOnlyList<FreeTime> Free { get; init; } = [];
    public string? Home { get; init; }
    public bool PartyMember { get; init; }

    /// <summary>双报到: the community to which a party member reports besides the own unit.</summary>
    public string? Community { get; init; }
}

/// <summary>An application to a call: one a person. Until it is decided a later one takes its place.</summary>
internal sealed class Application : IVersioned
{
    private Application() { }

    public Guid Id { get; private set; }
    public Guid CallId { get; private set; }

    /// <summary>Keyed hash of number (else phone) and name: once a call, whoever sends twice at the same moment.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The person of the register, once known.</summary>
    public Guid? PersonId { get; private set; }
    public string Name { get; private set; } = "";
    public string NameFolded { get; private set; } = "";
    public string? Number { get; private set; }
    public byte[]? PhoneSealed { get; private set; }
    public byte[]? PhoneIndex { get; private set; }
    public PersonCategory Category { get; private set; }
    public string? Unit { get; private set; }
    public string DutiesText { get; private set; } = "";

    /// <summary>",Sampling,": to find them by.</summary>
    public string SkillsText { get; private set; } = "";

    /// <summary>The same with certificate and expiry, as JSON.</summary>
    public string ClaimsText { get; private set; } = "[]";
    public string FreeText { get; private set; } = "";
    public string? Home { get; private set; }
    public bool PartyMember { get; private set; }
    public string? Community { get; private set; }
    public DateTimeOffset ConsentAt { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>How often it was sent.</summary>
    public int Times { get; private set; }

    /// <summary>Keyed hash of the code that shows the decision; the code itself only its holder knows. Null for imported ones.</summary>
    public byte[]? CodeIndex { get; private set; }
    public Verdict Verdict { get; private set; }
    public string? Reason { get; private set; }
    public Guid? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>When the notice of the decision went out.</summary>
    public DateTimeOffset? ToldAt { get; private set; }
    public int Version { get; private set; }

    public IReadOnlyList<CampusDuty> Duties => Names.Read<CampusDuty>(DutiesText);
    public IReadOnlyList<FreeTime> Free => Names.Read<FreeTime>(FreeText);
    public IReadOnlyList<ClaimedSkill> Claims => JsonSerializer.Deserialize<List<ClaimedSkill>>(ClaimsText, JsonSerializerOptions.Web) ?? [];

    public static Application Send(Guid call, ApplicantFacts facts, Guid? person, SecretBox box, DateTimeOffset at)
    {
        var application = new Application { Id = Ids.New(), CallId = call, Key = KeyOf(facts, box), CreatedAt = at, ConsentAt = at };
        application.Take(facts, person, box, at);
        return application;
    }

    /// <summary>A later sending takes the place of the earlier one. Only while nothing is decided.</summary>
    public void Take(ApplicantFacts facts, Guid? person, SecretBox box, DateTimeOffset at)
    {
        if (Verdict != Verdict.Waiting) throw new InvalidOperationException("Decided applications stay as they are.");
        (Name, NameFolded, Category, Unit, Home, PartyMember, Community) =
            (facts.Name, TextFold.ForSearch(facts.Name), facts.Category, facts.Unit, facts.Home, facts.PartyMember, facts.Community);
        Number = facts.Number ?? Number;
        if (facts.Phone is not null) (PhoneSealed, PhoneIndex) = (box.Seal(facts.Phone), PhoneKey(facts.Phone, box));
        (DutiesText, SkillsText, FreeText) = (Names.Write(facts.Duties), Names.Write(facts.Skills.Select(s => s.Skill)), Names.Write(facts.Free));
        ClaimsText = JsonSerializer.Serialize(facts.Skills, JsonSerializerOptions.Web);
        (PersonId, ChangedAt, Times) = (person ?? PersonId, at, Times + 1);
    }

    public ApplicantFacts Facts(SecretBox box) => new()
    {
        Name = Name,
        Number = Number,
        Phone = box.Unseal(PhoneSealed),
        Category = Category,
        Unit = Unit,
        Duties = Duties,
        Skills = Claims,
        Free = Free,
        Home = Home,
        PartyMember = PartyMember,
        Community = Community,
    };

    public void GiveCode(byte[]? index) => CodeIndex = index;

    public void Link(Guid? person) => PersonId = person;

    public void Decide(Verdict verdict, string? reason, Guid by, DateTimeOffset at) =>
        (Verdict, Reason, DecidedBy, DecidedAt, ToldAt) = (verdict, reason, by, at, null);

    public static string KeyOf(ApplicantFacts facts, SecretBox box) =>
        Convert.ToHexString(box.Index("workforce.applicant", $"{(facts.Number is { } number ? "n" + number : "t" + facts.Phone)}|{TextFold.ForSearch(facts.Name)}") ?? []);

    public static byte[]? PhoneKey(string? phone, SecretBox box) => box.Index("workforce.applicant.phone", phone);
}
