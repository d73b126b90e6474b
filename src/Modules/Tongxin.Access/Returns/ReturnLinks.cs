using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Tongxin.Access.Returns.Data;
using Tongxin.Core.Text;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Returns;

/// <summary>The own page's signed address, and the code that leads to it. A new code ends the addresses made before.</summary>
internal sealed class ReturnLinks(TongxinDb db, SecretBox box)
{
    private const int CodeLength = 10;

    public static string NewCode(int length = CodeLength) => RandomNumberGenerator.GetString("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", length);

    public static string Show(string code) => $"{code[..5]}-{code[5..]}";

    public static string Fold(string? typed) => TextFold.Clean(typed).Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    public byte[]? CodeIndex(string code) => box.Index("access.return.code", code);

    public string TokenOf(ReturnRecord record) => Base64Url.EncodeToString((byte[])[.. record.Id.ToByteArray(), .. Sign(record)]);

    /// <summary>Null for anything that was not signed here, or no longer holds.</summary>
    public async Task<ReturnRecord?> FindAsync(string token, CancellationToken ct)
    {
        var bytes = new byte[32];
        if (token.Length > 64 || Base64Url.DecodeFromChars(token, bytes, out _, out var length) != OperationStatus.Done || length != 32) return null;
        var id = new Guid(bytes.AsSpan(0, 16));
        var record = await db.Set<ReturnRecord>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);
        return record is not null && CryptographicOperations.FixedTimeEquals(bytes.AsSpan(16), Sign(record)) ? record : null;
    }

    /// <summary>The record behind a code. A wrong code, one of another season and one that leads nowhere are all null.</summary>
    public async Task<ReturnRecord?> FindByCodeAsync(Guid season, string? typed, CancellationToken ct)
    {
        var index = CodeIndex(Fold(typed));
        return await db.Set<ReturnRecord>().AsNoTracking().SingleOrDefaultAsync(r => r.CodeIndex == index && r.SeasonId == season, ct);
    }

    private byte[] Sign(ReturnRecord record) => box.Index("access.return.link", $"{record.Id:N}:{record.CodeSerial}") ?? [];
}
