using System.Globalization;
using Tongxin.Core.Common;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Workforce.Data;

/// <summary>A band of a day that people say yes or no to: 夜 22:00, 480 minutes.</summary>
internal sealed record PollBand(string Name, TimeOnly Starts, int Minutes)
{
    public DateTimeOffset StartOn(DateOnly day) => CampusCalendar.At(day, Starts);

    public DateTimeOffset EndOn(DateOnly day) => StartOn(day).AddMinutes(Minutes);

    public override string ToString() => $"{Name} {Starts.ToString("HH:mm", CultureInfo.InvariantCulture)}-{Starts.AddMinutes(Minutes).ToString("HH:mm", CultureInfo.InvariantCulture)}";
}

/// <summary>可值班时间接龙: who of a pool can come when. Everybody answers by a link of their own, until it closes.</summary>
internal sealed class Poll : IVersioned
{
    private Poll() { }

    public Guid Id { get; private set; }
    public string Title { get; private set; } = "";
    public DateOnly FirstDay { get; private set; }
    public int Days { get; private set; }

    /// <summary>One band a line: "夜|22:00|480".</summary>
    public string BandsText { get; private set; } = "";

    /// <summary>Whose members are asked; at most one of the two, none for all volunteers.</summary>
    public Guid? TeamId { get; private set; }

    /// <summary>Whose accepted ones are asked.</summary>
    public Guid? CallId { get; private set; }
    public DateTimeOffset OpenedAt { get; private set; }

    /// <summary>The links work until then.</summary>
    public DateTimeOffset ClosesAt { get; private set; }
    public int Version { get; private set; }

    public IReadOnlyList<PollBand> Bands =>
        [.. BandsText.Split('\n').Select(l => l.Split('|')).Select(p => new PollBand(p[0], TimeOnly.ParseExact(p[1], "HH:mm", CultureInfo.InvariantCulture), int.Parse(p[2], CultureInfo.InvariantCulture)))];

    public IEnumerable<DateOnly> AllDays => Enumerable.Range(0, Days).Select(FirstDay.AddDays);

    public static Poll Open(string title, DateOnly firstDay, int days, IReadOnlyList<PollBand> bands, Guid? team, Guid? call, DateTimeOffset at, DateTimeOffset closesAt) => new()
    {
        Id = Ids.New(),
        Title = title,
        FirstDay = firstDay,
        Days = days,
        BandsText = string.Join('\n', bands.Select(b => $"{b.Name}|{b.Starts.ToString("HH:mm", CultureInfo.InvariantCulture)}|{b.Minutes.ToString(CultureInfo.InvariantCulture)}")),
        TeamId = team,
        CallId = call,
        OpenedAt = at,
        ClosesAt = closesAt,
    };

    public bool IsOpen(DateTimeOffset at) => at < ClosesAt;

    public void Close(DateTimeOffset at)
    {
        if (at < ClosesAt) ClosesAt = at;
    }
}

/// <summary>Somebody who is asked, and the answer: a letter a cell, day by day, "1" can come, "0" cannot.</summary>
internal sealed class PollPerson : IVersioned
{
    private PollPerson() { }

    public Guid Id { get; private set; }
    public Guid PollId { get; private set; }
    public Guid PersonId { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    public string Answer { get; private set; } = "";
    public int Version { get; private set; }

    public static PollPerson Ask(Guid poll, Guid person) => new() { Id = Ids.New(), PollId = poll, PersonId = person };

    public bool CanCome(int cell) => cell < Answer.Length && Answer[cell] == '1';

    public void Say(string answer, DateTimeOffset at) => (Answer, AnsweredAt) = (answer, at);

    public void Reassign(Guid person) => PersonId = person;
}
