using System.Security.Cryptography;
using Tongxin.Core.Passes;
using Tongxin.Core.Protocols;
using Tongxin.Platform;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Data;

/// <summary>A pass that was issued. Its id is the random reference in the pass: no other place joins it with a person.</summary>
internal sealed class IssuedPass
{
    private IssuedPass() { }

    public Guid Id { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>Short form, as in the pass.</summary>
    public string Name { get; private set; } = "";
    public Colour Colour { get; private set; }
    public PassReason Reason { get; private set; }
    public string? EditionId { get; private set; }
    public string KeyId { get; private set; } = "";
    public DateTimeOffset IssuedAt { get; private set; }
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>The pass itself, as its QR code says it.</summary>
    public string Text { get; private set; } = "";
    public DateTimeOffset? RevokedAt { get; private set; }
    public RevokedWhy? RevokedWhy { get; private set; }

    public static IssuedPass Of(Guid person, Pass pass, KeyId key, string text) => new()
    {
        Id = pass.Reference,
        PersonId = person,
        Name = pass.Name,
        Colour = pass.Colour,
        Reason = pass.Reason,
        EditionId = pass.Edition,
        KeyId = key.ToString(),
        IssuedAt = pass.IssuedAt,
        ExpiresAt = pass.ExpiresAt,
        Text = text,
    };

    public bool IsGood(DateTimeOffset at) => RevokedAt is null && at < ExpiresAt;

    public void Revoke(RevokedWhy why, DateTimeOffset at)
    {
        if (RevokedAt is null) (RevokedAt, RevokedWhy) = (at, why);
    }

    public void Follow(Guid kept) => PersonId = kept;
}

/// <summary>Why a pass was withdrawn before its end.</summary>
internal enum RevokedWhy
{
    /// <summary>A measure began.</summary>
    Measure = 1,

    /// <summary>Reported lost.</summary>
    Lost,
}

/// <summary>A key that signs. The private half lies sealed with a key that is not in the database.</summary>
internal sealed class PassKey : IVersioned
{
    private PassKey() { }

    public Guid Id { get; private set; }
    public string KeyId { get; private set; } = "";
    public KeyUse Use { get; private set; }
    public byte[] PublicInfo { get; private set; } = [];
    public byte[] PrivateSealed { get; private set; } = [];
    public DateTimeOffset From { get; private set; }

    /// <summary>It signs nothing from then on.</summary>
    public DateTimeOffset SignsUntil { get; private set; }

    /// <summary>Nothing it signed counts from then on.</summary>
    public DateTimeOffset Until { get; private set; }
    public string? WithdrawnWhy { get; private set; }
    public int Version { get; private set; }

    public static PassKey Make(KeyUse use, SecretBox box, DateTimeOffset from, TimeSpan signs)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new PassKey
        {
            Id = Ids.New(),
            KeyId = Core.Passes.KeyId.Of(key).ToString(),
            Use = use,
            PublicInfo = key.ExportSubjectPublicKeyInfo(),
            PrivateSealed = box.Seal(Convert.ToBase64String(key.ExportPkcs8PrivateKey())) ?? [],
            From = from,
            SignsUntil = from + signs,
            // The last pass it signed runs out with it.
            Until = from + signs + PassLimits.MaxLife,
        };
    }

    public TrustedKey ToTrusted() => new(Use, PublicInfo, From, Until);

    public ECDsa Open(SecretBox box)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(box.Unseal(PrivateSealed) ?? ""), out _);
        return key;
    }

    /// <summary>Planned: the next one has been known to devices for a while then.</summary>
    public void StopSigning(DateTimeOffset at)
    {
        if (at < SignsUntil) (SignsUntil, Until) = (at, at + PassLimits.MaxLife);
    }

    /// <summary>Known to others, perhaps: nothing it signed counts any more.</summary>
    public void Withdraw(DateTimeOffset at, string why)
    {
        (SignsUntil, Until, WithdrawnWhy) = (at, at > From ? at : From.AddSeconds(1), why);
    }
}

/// <summary>A personal address of somebody without an account. Only a keyed hash of the secret is kept.</summary>
internal sealed class PassLink
{
    private PassLink() { }

    public Guid Id { get; private set; }
    public Guid PersonId { get; private set; }
    public byte[] SecretIndex { get; private set; } = [];
    public DateTimeOffset MadeAt { get; private set; }
    public Guid MadeBy { get; private set; }
    public DateTimeOffset? RevokedAt { get; private set; }

    public static PassLink Make(Guid person, byte[] index, Guid by, DateTimeOffset at) => new() { Id = Ids.New(), PersonId = person, SecretIndex = index, MadeBy = by, MadeAt = at };

    public void Revoke(DateTimeOffset at) => RevokedAt ??= at;

    public void Follow(Guid kept) => PersonId = kept;
}
