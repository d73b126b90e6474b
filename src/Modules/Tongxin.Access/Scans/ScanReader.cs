using System.Text.Json;
using Tongxin.Access.Scans.Data;
using Tongxin.Core.Protocols;

namespace Tongxin.Access.Scans;

/// <summary>One fact of a request: read, or why it could not be.</summary>
internal struct ScanItem
{
    public Guid Id;
    public Guid GateId;
    public string? Lane;
    public ScanKind? Kind;
    public ScanSubject Subject;
    public Guid? PassRef;
    public Guid? PermitId;
    public string? Plate;
    public ScanVerdict? Verdict;
    public Colour? Colour;
    public string? ReasonCode;
    public int? TemperatureCenti;
    public DateTimeOffset? SeenAt;
    public bool Offline;
    public int Companions;

    /// <summary>The first fault found.</summary>
    public string? Fault;

    public readonly Scan ToScan(Guid? device, Guid account, DateTimeOffset now, ScanDoubt? doubt) => new(Id)
    {
        GateId = GateId,
        Lane = Lane,
        Kind = Kind.GetValueOrDefault(),
        Subject = Subject,
        PassRef = PassRef,
        PermitId = PermitId,
        Plate = Plate,
        Verdict = Verdict.GetValueOrDefault(),
        Colour = Colour,
        ReasonCode = ReasonCode,
        TemperatureCenti = TemperatureCenti,
        SeenAt = SeenAt.GetValueOrDefault(),
        Offline = Offline,
        Companions = Companions,
        DeviceId = device,
        AccountId = account,
        ReceivedAt = now,
        Doubt = doubt,
    };
}

/// <summary>
/// Reads <c>{"scans":[…]}</c> straight from the bytes. A value that cannot be read is its item's fault, never the request's: one bad fact
/// must not hold up a phone's outbox. Unknown names are passed over.
/// </summary>
internal static class ScanReader
{
    public const int MostScans = 500;
    private const int LongestText = 32;

    /// <summary>Null when the body is no such JSON or holds too many; then <paramref name="fault"/> says which.</summary>
    public static ScanItem[]? Read(ReadOnlySpan<byte> body, out string fault)
    {
        fault = ScanFault.Body;
        try
        {
            var json = new Utf8JsonReader(body);
            return Read(ref json, ref fault);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ScanItem[]? Read(ref Utf8JsonReader json, ref string fault)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return null;
        ScanItem[]? items = [];
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var ours = json.ValueTextEquals("scans"u8);
            json.Read();
            if (!ours) json.Skip();
            else if (json.TokenType != JsonTokenType.StartArray) return null;
            else if ((items = ReadItems(ref json, ref fault)) is null) return null;
        }
        return json.TokenType == JsonTokenType.EndObject && !json.Read() ? items : null;
    }

    private static ScanItem[]? ReadItems(ref Utf8JsonReader json, ref string fault)
    {
        var items = new ScanItem[1];
        var count = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (count == MostScans)
            {
                fault = ScanFault.TooMany;
                return null;
            }
            if (count == items.Length) Array.Resize(ref items, Math.Min(MostScans, count == 1 ? 50 : count * 2));
            if (json.TokenType == JsonTokenType.StartObject) ReadItem(ref json, ref items[count]);
            else
            {
                items[count].Fault = ScanFault.Id;
                json.Skip();
            }
            count++;
        }
        Array.Resize(ref items, count);
        return items;
    }

    private static void ReadItem(ref Utf8JsonReader json, ref ScanItem item)
    {
        item.Subject = ScanSubject.Unknown;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("id"u8)) { json.Read(); item.Id = ReadId(ref json, ref item, ScanFault.Id) ?? default; }
            else if (json.ValueTextEquals("gateId"u8)) { json.Read(); item.GateId = ReadId(ref json, ref item, ScanFault.Gate) ?? default; }
            else if (json.ValueTextEquals("lane"u8)) { json.Read(); item.Lane = ReadText(ref json, ref item); }
            else if (json.ValueTextEquals("kind"u8)) { json.Read(); item.Kind = ReadKind(ref json, ref item); }
            else if (json.ValueTextEquals("subjectKind"u8)) { json.Read(); item.Subject = ReadSubject(ref json, ref item); }
            else if (json.ValueTextEquals("passRef"u8)) { json.Read(); item.PassRef = ReadId(ref json, ref item, ScanFault.Reference); }
            else if (json.ValueTextEquals("permitId"u8)) { json.Read(); item.PermitId = ReadId(ref json, ref item, ScanFault.Reference); }
            else if (json.ValueTextEquals("plate"u8)) { json.Read(); item.Plate = ReadText(ref json, ref item); }
            else if (json.ValueTextEquals("verdict"u8)) { json.Read(); item.Verdict = ReadVerdict(ref json, ref item); }
            else if (json.ValueTextEquals("colour"u8)) { json.Read(); item.Colour = ReadColour(ref json, ref item); }
            else if (json.ValueTextEquals("reasonCode"u8)) { json.Read(); item.ReasonCode = ReadText(ref json, ref item); }
            else if (json.ValueTextEquals("temperature"u8)) { json.Read(); item.TemperatureCenti = ReadTemperature(ref json, ref item); }
            else if (json.ValueTextEquals("seenAt"u8)) { json.Read(); item.SeenAt = ReadInstant(ref json, ref item); }
            else if (json.ValueTextEquals("offline"u8)) { json.Read(); item.Offline = json.TokenType == JsonTokenType.True; json.Skip(); }
            else if (json.ValueTextEquals("companions"u8)) { json.Read(); item.Companions = ReadNumber(ref json, ref item); }
            else { json.Read(); json.Skip(); }
        }
    }

    private static Guid? ReadId(ref Utf8JsonReader json, ref ScanItem item, string fault)
    {
        if (json.TokenType == JsonTokenType.Null) return null;
        if (json.TokenType == JsonTokenType.String && json.TryGetGuid(out var id)) return id;
        return Wrong<Guid?>(ref json, ref item, fault);
    }

    private static string? ReadText(ref Utf8JsonReader json, ref ScanItem item)
    {
        if (json.TokenType == JsonTokenType.Null) return null;
        if (json.TokenType != JsonTokenType.String || json.ValueSpan.Length > LongestText * 6) return Wrong<string?>(ref json, ref item, ScanFault.Text);
        string? text;
        try
        {
            text = json.GetString();
        }
        catch (InvalidOperationException)
        {
            // Bytes or escapes that are no characters.
            return Wrong<string?>(ref json, ref item, ScanFault.Text);
        }
        return text is null or { Length: 0 } ? null : text.Length <= LongestText && !text.Any(char.IsControl) ? text : Wrong<string?>(ref json, ref item, ScanFault.Text);
    }

    // Words by their bytes: no string is made for what comes thousands of times a second.
    private static ScanKind? ReadKind(ref Utf8JsonReader json, ref ScanItem item)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            if (json.ValueTextEquals("In"u8)) return ScanKind.In;
            if (json.ValueTextEquals("Out"u8)) return ScanKind.Out;
            if (json.ValueTextEquals("TurnedBack"u8)) return ScanKind.TurnedBack;
            if (json.ValueTextEquals("Emergency"u8)) return ScanKind.Emergency;
        }
        return Wrong<ScanKind?>(ref json, ref item, ScanFault.Kind);
    }

    private static ScanSubject ReadSubject(ref Utf8JsonReader json, ref ScanItem item)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            if (json.ValueTextEquals("Pass"u8)) return ScanSubject.Pass;
            if (json.ValueTextEquals("Permit"u8)) return ScanSubject.Permit;
            if (json.ValueTextEquals("Plate"u8)) return ScanSubject.Plate;
            if (json.ValueTextEquals("Named"u8)) return ScanSubject.Named;
            if (json.ValueTextEquals("Unknown"u8)) return ScanSubject.Unknown;
        }
        return Wrong<ScanSubject>(ref json, ref item, ScanFault.Subject);
    }

    private static ScanVerdict? ReadVerdict(ref Utf8JsonReader json, ref ScanItem item)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            if (json.ValueTextEquals("Passed"u8)) return ScanVerdict.Passed;
            if (json.ValueTextEquals("Warned"u8)) return ScanVerdict.Warned;
            if (json.ValueTextEquals("Refused"u8)) return ScanVerdict.Refused;
        }
        return Wrong<ScanVerdict?>(ref json, ref item, ScanFault.Verdict);
    }

    private static Colour? ReadColour(ref Utf8JsonReader json, ref ScanItem item)
    {
        if (json.TokenType == JsonTokenType.Null) return null;
        if (json.TokenType == JsonTokenType.String)
        {
            if (json.ValueTextEquals("Green"u8)) return Colour.Green;
            if (json.ValueTextEquals("Grey"u8)) return Colour.Grey;
            if (json.ValueTextEquals("Yellow"u8)) return Colour.Yellow;
            if (json.ValueTextEquals("Red"u8)) return Colour.Red;
            if (json.ValueTextEquals("None"u8)) return Colour.None;
        }
        return Wrong<Colour?>(ref json, ref item, ScanFault.Colour);
    }

    private static int? ReadTemperature(ref Utf8JsonReader json, ref ScanItem item)
    {
        const decimal Coldest = 20, Hottest = 50;
        if (json.TokenType == JsonTokenType.Null) return null;
        if (json.TokenType == JsonTokenType.Number && json.TryGetDecimal(out var celsius) && celsius is >= Coldest and <= Hottest)
            return (int)decimal.Round(celsius * 100, MidpointRounding.AwayFromZero);
        return Wrong<int?>(ref json, ref item, ScanFault.Temperature);
    }

    private static DateTimeOffset? ReadInstant(ref Utf8JsonReader json, ref ScanItem item)
    {
        if (json.TokenType == JsonTokenType.String && json.TryGetDateTimeOffset(out var at)) return at;
        return Wrong<DateTimeOffset?>(ref json, ref item, ScanFault.SeenAt);
    }

    private static int ReadNumber(ref Utf8JsonReader json, ref ScanItem item)
    {
        const int Most = 99;
        if (json.TokenType == JsonTokenType.Null) return 0;
        if (json.TokenType == JsonTokenType.Number && json.TryGetInt32(out var number) && number is >= 0 and <= Most) return number;
        return Wrong<int>(ref json, ref item, ScanFault.Companions);
    }

    private static T? Wrong<T>(ref Utf8JsonReader json, ref ScanItem item, string fault)
    {
        item.Fault ??= fault;
        json.Skip();
        return default;
    }
}
