using System.Globalization;
using System.Text;
using Tongxin.Access.Returns.Data;
using Tongxin.Core.Common;
using Tongxin.Core.Returns;
using Tongxin.Core.Text;

namespace Tongxin.Access.Returns;

/// <summary>A stay as typed.</summary>
internal sealed record TypedStay(string? Place, string? From, string? To)
{
    public bool IsBlank => string.IsNullOrWhiteSpace(Place) && string.IsNullOrWhiteSpace(From) && string.IsNullOrWhiteSpace(To);
}

/// <summary>A declaration as typed.</summary>
internal sealed record TypedReturn(string? Name, string? Number, string? Phone, IReadOnlyList<TypedStay> Stays, Transport? Transport, string? TransportNumber, string? Arrives);

/// <summary>A refusal and the field it belongs to.</summary>
internal sealed record ReturnFieldError(string Field, Error Error);

/// <summary>Reads what somebody typed. Every refusal names its field.</summary>
internal static class ReadDeclaration
{
    public const int LongestName = 60;
    public const int LongestPlace = 80;
    public const int MostStays = 8;
    private const int LongestNumber = 20;
    private const int OldestDays = 90;

    public static (Declarant Who, IReadOnlyList<ReturnFieldError> Errors) Who(TypedReturn typed)
    {
        var errors = new List<ReturnFieldError>();
        var name = TextFold.Clean(typed.Name);
        if (name.Length is 0 or > LongestName || name[0] is '=' or '+' or '-' or '@' || !name.EnumerateRunes().Any(Rune.IsLetter)) errors.Add(new(nameof(typed.Name), ReturnErrors.NameMissing));
        var number = TextFold.Clean(typed.Number).ToUpperInvariant().Replace(" ", "", StringComparison.Ordinal);
        if (number.Length is < 3 or > LongestNumber || !number.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') || !number.Any(char.IsAsciiDigit)) errors.Add(new(nameof(typed.Number), ReturnErrors.NumberUnreadable));
        var phone = PhoneNumber.Parse(typed.Phone);
        if (phone.IsFailure) errors.Add(new(nameof(typed.Phone), TextFold.Clean(typed.Phone).Length == 0 ? ReturnErrors.PhoneMissing : phone.Error));
        return (new Declarant(name, number, phone.IsFailure ? "" : phone.Value.Value), errors);
    }

    /// <param name="typed">As typed.</param>
    /// <param name="season">Its days are those on which one can arrive.</param>
    /// <param name="lookBack">Days before the arrival of which the rules want to know: each must be told.</param>
    /// <param name="today">The campus day.</param>
    public static (ReturnJourney? Journey, IReadOnlyList<ReturnFieldError> Errors) Journey(TypedReturn typed, ReturnSeason season, int lookBack, DateOnly today)
    {
        var errors = new List<ReturnFieldError>();
        var arrives = Day(typed.Arrives);
        if (arrives is null || arrives < season.FirstDay || arrives > season.LastDay || arrives < today) errors.Add(new(nameof(typed.Arrives), ReturnErrors.ArrivalWrong));
        if (typed.Transport is null) errors.Add(new(nameof(typed.Transport), ReturnErrors.TransportMissing));
        var number = TextFold.Clean(typed.TransportNumber);
        if (number.Length > LongestNumber) errors.Add(new(nameof(typed.TransportNumber), ReturnErrors.TooLong));

        var stays = new List<Stay>();
        for (var i = 0; i < typed.Stays.Count && i < MostStays; i++)
        {
            if (typed.Stays[i].IsBlank) continue;
            var read = ReadStay(typed.Stays[i], arrives ?? season.LastDay);
            if (read.IsFailure) errors.Add(new($"{nameof(typed.Stays)}.{i}", read.Error));
            else stays.Add(read.Value);
        }
        if (stays.Count == 0 && errors.TrueForAll(e => !e.Field.StartsWith("Stays.", StringComparison.Ordinal))) errors.Add(new("Stays.0", ReturnErrors.StayMissing));
        if (errors.Count == 0 && Uncovered(stays, arrives.GetValueOrDefault(), lookBack) is { } gap)
            errors.Add(new("Stays", ReturnErrors.StayGap with { Args = [gap.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), lookBack] }));
        return errors.Count > 0 ? (null, errors) : (new ReturnJourney(stays, typed.Transport.GetValueOrDefault(), number.Length == 0 ? null : number, arrives.GetValueOrDefault()), errors);
    }

    public static DateOnly? Day(string? typed) => DateOnly.TryParseExact(typed?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static Result<Stay> ReadStay(TypedStay typed, DateOnly arrives)
    {
        var place = TextFold.Clean(typed.Place);
        if (place.Length > LongestPlace) return ReturnErrors.TooLong;
        var region = new Region(null, place);
        if (!region.TellsCounty) return ReturnErrors.StayPlace;
        return Day(typed.From) is { } from && Day(typed.To) is { } to && from <= to && to <= arrives && from >= arrives.AddDays(-OldestDays) ? new Stay(region, from, to) : ReturnErrors.StayDays;
    }

    private static DateOnly? Uncovered(List<Stay> stays, DateOnly arrives, int lookBack)
    {
        for (var day = arrives.AddDays(-lookBack); day < arrives; day = day.AddDays(1))
            if (!stays.Exists(s => s.From <= day && day <= s.To)) return day;
        return null;
    }
}
