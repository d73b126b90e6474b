using System.Reflection;
using System.Text;
using Shouldly;
using Tongxin.Core.Protocols;
using Xunit;

namespace Tongxin.Core.Tests.Protocols;

public class EditionTests
{
    /// <summary>An edition is never changed: whoever needs another rule adds another file, and another line here.</summary>
    [Theory]
    [InlineData("ANY-1", "46f602e819bb96e831bfb262886d0f4643f395d93c11c9a675cd4387bddbcea3")]
    [InlineData("CN-COVID-8", "193d59fc608fbbb581bc0884d3405aca5730fd098498c6c69403e4b32d3e8fe9")]
    [InlineData("CN-COVID-9", "ce473d518195071886828afc85bc17ec7294826b1737fe08abc4cc81355d7d19")]
    [InlineData("CN-COVID-9+20条", "d8871610d0f649748a068fb7ed62ebbe1b9fe60945f79dc393bdf98feaaa626c")]
    [InlineData("CN-COVID-新十条", "28cb805174b3da0ba6214f6d6f863658b86215e8e51f7f0583e195065650a9c4")]
    [InlineData("CN-COVID-乙类乙管", "9eb82fb8cb016f8457dfde2f0397e6380729102a871b897492d6354c2956d39b")]
    public void Edition_OnceReleased_IsNeverChanged(string id, string hash) => Editions.Find(id)!.ContentHash.ShouldBe(hash);

    [Fact]
    public void Editions_AllAreHere_EachOnce() => Editions.All.Select(e => e.Id).ShouldBe(
        ["ANY-1", "CN-COVID-8", "CN-COVID-9", "CN-COVID-9+20条", "CN-COVID-新十条", "CN-COVID-乙类乙管"], ignoreOrder: true);

    /// <summary>Sample 09-01 08:00, issued 09-01 20:00, gate 09-03 09:00: 37 hours by one clock, 49 by the other.</summary>
    [Fact]
    public void Proof_ByIssueTimeOrBySampleTime_CountsOrNot()
    {
        static DateTimeOffset At(int day, int hour) => new(2022, 9, day, hour, 0, 0, TimeSpan.FromHours(8));
        var proof = new Proof(ProofKind.NucleicAcid, At(1, 8), At(1, 20));

        new ProofRule(ProofKind.NucleicAcid, 48, ProofClock.IssueTime, "s").Accepts(proof, At(3, 9)).ShouldBeTrue();
        new ProofRule(ProofKind.NucleicAcid, 48, ProofClock.SampleTime, "s").Accepts(proof, At(3, 9)).ShouldBeFalse();
        Editions.Find("CN-COVID-9")!.Proofs.ShouldHaveSingleItem().Accepts(proof, At(3, 9)).ShouldBeTrue();
    }

    [Fact]
    public void Proof_AtItsLastSecond_CountsAndThenNot()
    {
        var issued = new DateTimeOffset(2022, 9, 1, 20, 0, 0, TimeSpan.Zero);
        var rule = new ProofRule(ProofKind.NucleicAcid, 48, ProofClock.IssueTime, "s");
        var proof = new Proof(ProofKind.NucleicAcid, issued, issued);

        rule.Accepts(proof, issued.AddHours(48).AddSeconds(-1)).ShouldBeTrue();
        rule.Accepts(proof, issued.AddHours(48)).ShouldBeFalse();
        rule.Accepts(proof, issued.AddSeconds(-1)).ShouldBeFalse();
        rule.Accepts(proof with { Kind = ProofKind.Antigen }, issued).ShouldBeFalse();
    }

    [Theory]
    [InlineData("CN-COVID-8", MeasureKind.CentralObservation, 14)]
    [InlineData("CN-COVID-8", MeasureKind.HomeMonitoring, 7)]
    [InlineData("CN-COVID-9", MeasureKind.CentralObservation, 7)]
    [InlineData("CN-COVID-9", MeasureKind.HomeMonitoring, 3)]
    [InlineData("CN-COVID-9+20条", MeasureKind.CentralObservation, 5)]
    [InlineData("CN-COVID-新十条", MeasureKind.HomeObservation, 5)]
    public void Measure_LongestLife_IsTheEditions(string id, MeasureKind kind, int days) => Editions.Find(id)!.RuleFor(kind)!.MaxDays.ShouldBe(days);

    [Fact]
    public void Return_StrictestStayWithinTheLookBack_Decides()
    {
        var ninth = Editions.Find("CN-COVID-9")!;
        var day = new DateOnly(2022, 9, 10);

        ninth.ReturnFor([new(RiskLevel.Low, day), new(RiskLevel.Middle, day.AddDays(-7))], day)!.Regime.ShouldBe(MeasureKind.HomeObservation);
        ninth.ReturnFor([new(RiskLevel.High, day.AddDays(-1)), new(RiskLevel.Middle, day)], day)!.Regime.ShouldBe(MeasureKind.CentralObservation);
        var low = ninth.ReturnFor([new(RiskLevel.Low, day), new(RiskLevel.High, day.AddDays(-8))], day)!;
        (low.Duty, low.Tests, low.Days).ShouldBe((ReturnDuty.Tests, 2, 3));
        Editions.Find("CN-COVID-9+20条")!.ReturnFor([new(RiskLevel.High, day)], day)!.TestDays.ShouldBe([1, 3, 5, 7]);
        Editions.Find("CN-COVID-乙类乙管")!.ReturnFor([new(RiskLevel.High, day)], day).ShouldBeNull();
    }

    [Fact]
    public void AtGate_ByColourAndWay()
    {
        var ninth = Editions.Find("CN-COVID-9")!;

        ninth.AtGate(Colour.Green, WayTo.AnyPlace).ShouldBe(GateAction.Admit);
        ninth.AtGate(Colour.Grey, WayTo.AnyPlace).ShouldBe(GateAction.Ask);
        ninth.AtGate(Colour.Yellow, WayTo.AnyPlace).ShouldBe(GateAction.SeparateLane);
        ninth.AtGate(Colour.Red, WayTo.AnyPlace).ShouldBe(GateAction.StartIsolation);
        ninth.AtGate(Colour.None, WayTo.AnyPlace).ShouldBe(GateAction.Admit);
    }

    [Theory]
    [InlineData("\"toHomeFoodMedicine\": \"Admit\"", "\"toHomeFoodMedicine\": \"Ask\"", "protocols.edition.field_invalid")]
    [InlineData("\"approvals\": 2", "\"approvals\": 1", "protocols.edition.measure_too_free")]
    [InlineData("\"maxDays\": 3", "\"maxDays\": 8", "protocols.edition.measure_too_free")]
    [InlineData("\"colour\": \"Yellow\",\n      \"maxDays\"", "\"colour\": \"Grey\",\n      \"maxDays\"", "protocols.edition.measure_too_free")]
    [InlineData("\"kind\": \"HomeObservation\"", "\"kind\": \"CentralObservation\"", "protocols.edition.rule_twice")]
    [InlineData("\"hours\": 48", "\"hours\": 0", "protocols.edition.field_invalid")]
    [InlineData("\"hours\": 48", "\"hours\": \"48\"", "protocols.edition.malformed")]
    [InlineData("\"hours\"", "\"houres\"", "protocols.edition.malformed")]
    [InlineData("\"clock\": \"IssueTime\"", "\"clock\": 1", "protocols.edition.malformed")]
    [InlineData("\"source\": \"plan\"", "\"source\": \"hearsay\"", "protocols.edition.source_missing")]
    [InlineData("\"id\": \"CN-COVID-9\"", "\"id\": \"\"", "protocols.edition.field_invalid")]
    [InlineData("\"days\": 7", "\"days\": 9", "protocols.edition.field_invalid")]
    [InlineData("{", "", "protocols.edition.malformed")]
    public void Read_WhatNoEditionMaySay_IsRefused(string was, string becomes, string code)
    {
        var text = File("cn-covid-9");
        text.ShouldContain(was);

        EditionReader.Read(Encoding.UTF8.GetBytes(text.Replace(was, becomes))).Error.Code.ShouldBe(code);
    }

    [Fact]
    public void Read_GreyThatLocksOut_IsRefused()
    {
        var text = File("cn-covid-9");
        var at = text.IndexOf("\"toHomeFoodMedicine\": \"Admit\"", text.IndexOf("\"Grey\"", StringComparison.Ordinal), StringComparison.Ordinal);

        EditionReader.Read(Encoding.UTF8.GetBytes(text[..at] + text[at..].Replace("\"Admit\"", "\"Ask\"")))
            .Error.Code.ShouldBe("protocols.edition.grey_locks_out");
    }

    private static string File(string name)
    {
        using var stream = Assembly.GetAssembly(typeof(Editions))!.GetManifestResourceStream($"Protocols.Editions.{name}.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
