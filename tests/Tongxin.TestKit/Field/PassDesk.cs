using System.Security.Cryptography;
using Tongxin.Access.FieldPack;
using Tongxin.Core.Passes;
using Tongxin.Core.Protocols;
using Tongxin.Platform;

namespace Tongxin.TestKit.Field;

/// <summary>Issues passes as the house does, with keys of its own, so that a journey can also hand out bad ones.</summary>
public sealed class PassDesk : IPassMatters, IDisposable
{
    private const string Issuer = "qinyuan";

    private readonly ECDsa _passes = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _lists = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly DateTimeOffset _now = FakeTimeProvider.SamplesEvening;
    private readonly List<(Guid Reference, DateTimeOffset ExpiresAt)> _withdrawn = [];

    /// <summary>In force; null for none.</summary>
    public Edition? Edition { get; set; } = Editions.All.First(e => e.HasColours);

    Task<PassMatters> IPassMatters.ReadAsync(DateTimeOffset now, CancellationToken ct)
    {
        TrustedKey Key(KeyUse use, ECDsa key) => new(use, key.ExportSubjectPublicKeyInfo(), _now.AddDays(-30), _now.AddDays(400));
        var trust = new TrustList(Issuer, 1, _now.AddDays(-1), [Key(KeyUse.Passes, _passes), Key(KeyUse.Lists, _lists)]).Sign(_lists);
        return Task.FromResult(new PassMatters(Edition, trust, RevocationList.Of(Issuer, 1, _now.AddMinutes(-5), _withdrawn).Sign(_lists)));
    }

    /// <summary>A pass of this house; one that is over for fewer than no hours.</summary>
    public string Issue(Colour colour = Colour.Green, double hoursLeft = 12) => new PassIssuer(_passes).Issue(Pass(colour, hoursLeft));

    /// <summary>Withdrawn before its time.</summary>
    public string IssueAndWithdraw()
    {
        var pass = Pass(Colour.Green, hoursLeft: 6);
        _withdrawn.Add((pass.Reference, pass.ExpiresAt));
        return new PassIssuer(_passes).Issue(pass);
    }

    /// <summary>One character of the signature is another.</summary>
    public string Forge()
    {
        var text = Issue();
        var at = text.Length - 10;
        return string.Concat(text.AsSpan(0, at), text[at] == 'A' ? "B" : "A", text.AsSpan(at + 1));
    }

    /// <summary>By a key that nobody here knows.</summary>
    public string IssueByStranger() => new PassIssuer(_stranger).Issue(Pass(Colour.Green, hoursLeft: 12));

    public void Dispose()
    {
        _passes.Dispose();
        _lists.Dispose();
        _stranger.Dispose();
    }

    private Pass Pass(Colour colour, double hoursLeft) => new()
    {
        Issuer = Issuer,
        Reference = Ids.New(),
        Name = ShortName.Of("陈小明"),
        Colour = Edition is null ? Colour.None : colour,
        Reason = Edition is null ? PassReason.NoProtocol : colour == Colour.Green ? PassReason.Clear : PassReason.Measure,
        Edition = Edition?.Id,
        IssuedAt = _now.AddHours(hoursLeft - 24),
        ExpiresAt = _now.AddHours(hoursLeft),
    };
}
