using System.Text.Json;
using Tongxin.Access.Gates.Data;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Permits.Data;

/// <summary>What a permit says of a person and of health: sealed in the row, never in a log or a journal.</summary>
internal sealed record PermitDetail
{
    public string? Name { get; init; }

    /// <summary>Canonical.</summary>
    public string? Phone { get; init; }
    public string? Purpose { get; init; }
    public string? Hospital { get; init; }
    public Severity? Severity { get; init; }

    /// <summary>How the patient travels, where no plate is known.</summary>
    public string? Vehicle { get; init; }

    /// <summary>返回后措施.</summary>
    public string? AfterReturn { get; init; }

    /// <summary>What the papers are, once they are there.</summary>
    public string? Papers { get; init; }

    public byte[] Seal(SecretBox box) => box.Seal(GateJson.Write(this)) ?? [];

    public static PermitDetail Unseal(byte[] sealedText, SecretBox box) => box.Unseal(sealedText) is { Length: > 0 } text ? Read(text) : new PermitDetail();

    private static PermitDetail Read(string text)
    {
        try
        {
            return GateJson.Read<PermitDetail>(text);
        }
        catch (JsonException unreadable)
        {
            throw new InvalidOperationException("A permit's detail cannot be read.", unreadable);
        }
    }
}
