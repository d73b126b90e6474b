using Tongxin.Core.Text;
using Tongxin.People.Data;

namespace Tongxin.People.MergePersons;

/// <summary>What of an entry is held against others. Names are compared folded, so that width, script and blanks do not hide a duplicate.</summary>
internal sealed record LikenessFacts(
    Guid Id, string Name, string NameFolded, string Initials, Sex Sex, DateOnly? BirthDate, bool HasDocument, bool HasNumber, byte[]? PhoneIndex)
{
    public static LikenessFacts Of(Person p) =>
        new(p.Id, p.Name, p.NameFolded, p.Initials, p.Sex, p.BirthDate, p.DocumentIndex is not null, p.Number is not null, p.PhoneIndex);
}

/// <summary>Somebody lives in a home today.</summary>
internal readonly record struct Stay(Guid HouseholdId, Guid PersonId);

/// <summary>The rule by which two entries may be one person. The same document or number twice cannot be: the database refuses it.</summary>
internal static class Likeness
{
    /// <summary>
    /// With so many of one kind an entry is paired, no more: a thousand test entries of one name must not become half a million pairs.
    /// </summary>
    public const int MostAlike = 20;

    /// <summary>The pairs among all of which one is <paramref name="touched"/> (null: all pairs), each with its surest reason.</summary>
    public static IReadOnlyCollection<AlikePair> Pairs(IReadOnlyCollection<LikenessFacts> all, IEnumerable<Stay> stays, IReadOnlySet<Guid>? touched)
    {
        var pairs = new Dictionary<(Guid, Guid), AlikePair>();
        foreach (var group in all.Where(p => p.PhoneIndex is not null).GroupBy(p => (p.NameFolded, Convert.ToBase64String(p.PhoneIndex ?? []))))
            Within(group, (_, _) => DuplicateReason.PhoneAndName);
        foreach (var group in all.Where(p => p.BirthDate is not null).GroupBy(p => (p.NameFolded, p.BirthDate)))
            Within(group, (a, b) => MayBeOne(a, b) ? DuplicateReason.NameAndBirth : null);
        var byId = all.ToDictionary(p => p.Id);
        foreach (var home in stays.GroupBy(s => s.HouseholdId, s => s.PersonId))
        {
            // Two of a home sound alike only with the same initials: everybody else is never compared.
            foreach (var group in home.Where(byId.ContainsKey).Select(id => byId[id]).GroupBy(p => (p.Initials, p.Sex))) Within(group, AtHome);
        }
        return pairs.Values;

        void Within(IEnumerable<LikenessFacts> group, Func<LikenessFacts, LikenessFacts, DuplicateReason?> reason)
        {
            using var members = group.GetEnumerator();
            if (!members.MoveNext()) return;
            var first = members.Current;
            // Nearly every group is one person alone: it costs nothing.
            if (!members.MoveNext()) return;
            var some = new List<LikenessFacts> { first, members.Current };
            while (members.MoveNext()) some.Add(members.Current);
            if (touched is not null && !some.Exists(p => touched.Contains(p.Id))) return;
            some.Sort((a, b) => a.Id.CompareTo(b.Id));
            for (var i = 0; i < some.Count; i++)
            {
                for (var j = i + 1; j < some.Count && j <= i + MostAlike; j++)
                {
                    if (touched is not null && !touched.Contains(some[i].Id) && !touched.Contains(some[j].Id)) continue;
                    if (some[i].Id != some[j].Id && reason(some[i], some[j]) is { } why) pairs.TryAdd((some[i].Id, some[j].Id), AlikePair.Of(some[i].Id, some[j].Id, why));
                }
            }
        }
    }

    private static DuplicateReason? AtHome(LikenessFacts a, LikenessFacts b)
    {
        if (!MayBeOne(a, b) || (a.BirthDate is { } one && b.BirthDate is { } other && one != other)) return null;
        if (string.Equals(a.NameFolded, b.NameFolded, StringComparison.Ordinal)) return DuplicateReason.SameHome;
        return SoundAlike(a.Name, b.Name) ? DuplicateReason.NearNames : null;
    }

    public static bool SoundAlike(string one, string other) => string.Equals(Pinyin.Full(one), Pinyin.Full(other), StringComparison.Ordinal);

    // Two different documents or numbers are two people, whatever their name and age.
    private static bool MayBeOne(LikenessFacts a, LikenessFacts b) => !(a.HasDocument && b.HasDocument) && !(a.HasNumber && b.HasNumber);
}
