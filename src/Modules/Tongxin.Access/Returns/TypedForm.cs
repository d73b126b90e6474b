using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tongxin.Core.Returns;

namespace Tongxin.Access.Returns;

/// <summary>Reads a declaration's fields as they were sent, and writes a journey back into them.</summary>
internal static class TypedForm
{
    public const int Rows = 5;

    public static TypedReturn Read(IFormCollection form) => new(
        form["name"], form["number"], form["phone"],
        [.. Enumerable.Range(0, ReadDeclaration.MostStays).Select(i => new TypedStay(form[$"place.{i}"], form[$"from.{i}"], form[$"to.{i}"]))],
        Enum.TryParse<Transport>(form["transport"], out var transport) && Enum.IsDefined(transport) ? transport : null, form["train"], form["arrives"]);

    public static Dictionary<string, string> Of(ReturnJourney journey)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["transport"] = journey.Transport.ToString(),
            ["train"] = journey.TrainOrFlight ?? "",
            ["arrives"] = Text(journey.Arrives),
        };
        for (var i = 0; i < journey.Stays.Count; i++)
            (fields[$"place.{i}"], fields[$"from.{i}"], fields[$"to.{i}"]) = (journey.Stays[i].Place.Name, Text(journey.Stays[i].From), Text(journey.Stays[i].To));
        return fields;
    }

    public static Dictionary<string, string> Sent(IFormCollection form) => form.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
