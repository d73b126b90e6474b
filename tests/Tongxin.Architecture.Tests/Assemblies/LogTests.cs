using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Mono.Cecil;
using Shouldly;
using Tongxin.Architecture.Tests.Support;
using Xunit;

namespace Tongxin.Architecture.Tests.Assemblies;

/// <summary>Logs are read by people who may not know who is ill: ids yes; names, phones, identity numbers and temperatures never.</summary>
public sealed partial class LogTests
{
    [Fact]
    public void LogMessages_PlacesForPersonalData_AreAbsent() => Personal(Product.AllTypes).ShouldBeEmpty();

    [Fact]
    public void BadSample_PhoneInALogMessage_IsFound() => Personal(Product.Sample(typeof(TellsThePhone))).Count.ShouldBe(2);

    [Fact]
    public void LogMessages_WrittenByHand_AreAbsent() => ByHand(Product.AllTypes).ShouldBeEmpty();

    [Fact]
    public void BadSample_LogInformationWithText_IsFound() => ByHand(Product.Sample(typeof(LogsByHand))).Count.ShouldBe(1);

    private static List<string> Personal(IEnumerable<TypeDefinition> types) =>
    [
        .. from method in types.SelectMany(t => t.Methods)
           from attribute in method.CustomAttributes.Where(a => a.AttributeType.Name == "LoggerMessageAttribute")
           let message = MessageOf(attribute)
           from place in Places().Matches(message).Select(m => m.Value).Concat(method.Parameters.Select(p => p.Name)).Distinct(StringComparer.OrdinalIgnoreCase)
           where PersonalWord().IsMatch(place)
           select $"{method.FullName}: {place}",
    ];

    private static List<string> ByHand(IEnumerable<TypeDefinition> types) =>
    [
        .. from call in Calls.In(types)
           where call.To.DeclaringType.FullName == "Microsoft.Extensions.Logging.LoggerExtensions" && call.To.Name.StartsWith("Log", StringComparison.Ordinal)
           select $"{call.From.FullName} calls {call.To.Name}: use a [LoggerMessage] method",
    ];

    private static string MessageOf(CustomAttribute attribute) =>
        attribute.ConstructorArguments.Select(a => a.Value).OfType<string>()
            .Concat(attribute.Properties.Where(p => p.Name == "Message").Select(p => p.Argument.Value).OfType<string>())
            .FirstOrDefault() ?? "";

    [GeneratedRegex(@"(?<=\{@?)\w+", RegexOptions.None, 30_000)]
    private static partial Regex Places();

    [GeneratedRegex(@"^(name|.*(person|full|given|family|real|display|user|resident|helper|captain|patient|student)_?name)$|phone|mobile|temperature|celsius|idnumber|identitynumber|idcard|address|diagnosis", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 30_000)]
    private static partial Regex PersonalWord();
}

internal static partial class TellsThePhone
{
    [LoggerMessage(1, LogLevel.Information, "Called {PersonName}")]
    public static partial void Called(ILogger logger, string personName);

    [LoggerMessage(2, LogLevel.Information, "Reading {Temperature}")]
    public static partial void Read(ILogger logger, decimal temperature);
}

internal static class LogsByHand
{
#pragma warning disable CA1848, CA2254 // A bad sample that the test must find.
    public static void Write(ILogger logger) => logger.LogInformation("by hand");
#pragma warning restore CA1848, CA2254
}
