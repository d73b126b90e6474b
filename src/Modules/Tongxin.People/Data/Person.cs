using Tongxin.Core.Text;
using Tongxin.People.Contracts;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.People.Data;

/// <summary>
/// A person of the register. Equality is the id, never the name. Numbers lie sealed; what a page shows of them is masked
/// unless somebody with a purpose asks.
/// </summary>
internal sealed class Person : IVersioned
{
    private Person() { }

    public Guid Id { get; private set; }

    /// <summary>Exactly as written, rare characters and middle dots included.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Folded for search (width, script, blanks, case).</summary>
    public string NameFolded { get; private set; } = "";

    /// <summary>Pinyin initials: "oyxm".</summary>
    public string Initials { get; private set; } = "";

    /// <summary>Pinyin order.</summary>
    public string SortKey { get; private set; } = "";

    public Sex Sex { get; private set; }
    public DateOnly? BirthDate { get; private set; }
    public PersonCategory Category { get; private set; }

    /// <summary>Student or staff number; unique where given.</summary>
    public string? Number { get; private set; }

    /// <summary>Kind of identity document ("ResidentId", "Passport" …), null without one.</summary>
    public string? DocumentKind { get; private set; }
    public byte[]? DocumentSealed { get; private set; }
    public byte[]? DocumentIndex { get; private set; }

    public byte[]? PhoneSealed { get; private set; }
    public byte[]? PhoneIndex { get; private set; }
    public byte[]? PhoneTailIndex { get; private set; }

    public string? Note { get; private set; }

    /// <summary>Set when this turned out to be the same person as another one; kept so that old links lead on.</summary>
    public Guid? MergedIntoId { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }
    public int Version { get; private set; }

    public static Person Create(Guid id, PersonFacts facts, SecretBox box, DateTimeOffset now)
    {
        var person = new Person { Id = id, CreatedAt = now };
        person.Apply(facts, box);
        return person;
    }

    /// <summary>Takes over what is known of the person; null facts leave what is there.</summary>
    public void Apply(PersonFacts facts, SecretBox box)
    {
        if (facts.Name is { } name)
            (Name, NameFolded, Initials, SortKey) = (name, PersonNames.Fold(name), PersonNames.Initials(name), PersonNames.SortKey(name));
        if (facts.Sex is { } sex) Sex = sex;
        if (facts.BirthDate is { } birthDate) BirthDate = birthDate;
        if (facts.Category is { } category) Category = category;
        if (facts.Number is { } number) Number = number;
        if (facts.Document is { } document)
        {
            (DocumentKind, DocumentSealed) = (document.Kind, box.Seal(document.Number));
            DocumentIndex = box.Index(LookUp.Document, document.Number);
        }
        if (facts.Phone is { } phone)
        {
            PhoneSealed = box.Seal(phone);
            PhoneIndex = box.Index(LookUp.Phone, phone);
            PhoneTailIndex = box.Index(LookUp.PhoneTail, phone[^Math.Min(4, phone.Length)..]);
        }
        if (facts.Note is { } note) Note = note;
    }

    /// <summary>Takes away what turned out not to be known.</summary>
    public void Forget(bool birthDate = false, bool number = false, bool document = false, bool phone = false, bool note = false)
    {
        if (birthDate) BirthDate = null;
        if (number) Number = null;
        if (document) (DocumentKind, DocumentSealed, DocumentIndex) = (null, null, null);
        if (phone) (PhoneSealed, PhoneIndex, PhoneTailIndex) = (null, null, null);
        if (note) Note = null;
    }

    public void MergeInto(Guid kept) => MergedIntoId = kept;
}

/// <summary>What somebody says about a person; null means "nothing said", not "empty".</summary>
internal sealed record PersonFacts
{
    public string? Name { get; init; }
    public Sex? Sex { get; init; }
    public DateOnly? BirthDate { get; init; }
    public PersonCategory? Category { get; init; }
    public string? Number { get; init; }
    public (string Kind, string Number)? Document { get; init; }
    public string? Phone { get; init; }
    public string? Note { get; init; }
}

/// <summary>Purposes of the keyed indexes.</summary>
internal static class LookUp
{
    public const string Document = "person.document";
    public const string Phone = "person.phone";
    public const string PhoneTail = "person.phone-tail";
}
