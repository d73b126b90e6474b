using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tongxin.Platform.Files;

/// <summary>
/// A file sealed in pieces of 64 KiB by AES-256-GCM, each with a key of this file, its number as nonce, and whether it is the
/// last: a piece that was changed, moved, left out or cut off does not open. Seekable, so that a reader of workbooks can use it.
/// Layout: version byte, 16 bytes of salt, then pieces of tag + content.
/// </summary>
internal sealed class SealedStream : Stream
{
    private const byte FormatVersion = 1;
    private const int SaltSize = 16;
    private const int HeaderSize = 1 + SaltSize;
    private const int TagSize = 16;
    private const int PieceSize = 64 * 1024;

    private readonly FileStream _file;
    private readonly AesGcm _aes;
    private readonly byte[] _box = new byte[TagSize + PieceSize];
    private readonly byte[] _piece = new byte[PieceSize];
    private long _loaded = -1;
    private int _loadedSize;
    private long _position;

    private SealedStream(FileStream file, AesGcm aes, long length) => (_file, _aes, Length) = (file, aes, length);

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
    }

    /// <summary>Seals a stream into a new file; the number of bytes sealed.</summary>
    public static async Task<long> WriteAsync(Stream content, string path, byte[] key, CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new FileStream(path, options);
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        await file.WriteAsync(new[] { FormatVersion }, ct);
        await file.WriteAsync(salt, ct);

        using var aes = Aes(key, salt);
        var (piece, next, box) = (new byte[PieceSize], new byte[PieceSize], new byte[TagSize + PieceSize]);
        var (total, number) = (0L, 0L);
        var size = await content.ReadAtLeastAsync(piece, PieceSize, throwOnEndOfStream: false, ct);
        while (true)
        {
            // One piece ahead: the last one must know that it is the last.
            var following = size < PieceSize ? 0 : await content.ReadAtLeastAsync(next, PieceSize, throwOnEndOfStream: false, ct);
            aes.Encrypt(Nonce(number, following == 0), piece.AsSpan(0, size), box.AsSpan(TagSize, size), box.AsSpan(0, TagSize));
            await file.WriteAsync(box.AsMemory(0, TagSize + size), ct);
            (total, number) = (total + size, number + 1);
            if (following == 0) break;
            (piece, next, size) = (next, piece, following);
        }
        await file.FlushAsync(ct);
        file.Flush(flushToDisk: true);
        return total;
    }

    /// <summary>Opens a file of <paramref name="length"/> bytes, as its row says.</summary>
    public static SealedStream Open(string path, byte[] key, long length)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            Span<byte> header = stackalloc byte[HeaderSize];
            var pieces = Math.Max((length + PieceSize - 1) / PieceSize, 1);
            if (file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize || header[0] != FormatVersion
                || file.Length != HeaderSize + length + pieces * TagSize)
                throw new CryptographicException("Not the sealed file that its row describes.");
            return new SealedStream(file, Aes(key, header[1..].ToArray()), length);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override int Read(Span<byte> buffer)
    {
        if (_position >= Length || buffer.IsEmpty) return 0;
        Load(_position / PieceSize);
        var offset = (int)(_position % PieceSize);
        var count = Math.Min(buffer.Length, _loadedSize - offset);
        _piece.AsSpan(offset, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => _position,
        _ => Length,
    };

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CryptographicOperations.ZeroMemory(_piece);
            _aes.Dispose();
            _file.Dispose();
        }
        base.Dispose(disposing);
    }

    private void Load(long number)
    {
        if (_loaded == number) return;
        var start = number * PieceSize;
        var size = (int)Math.Min(PieceSize, Length - start);
        _file.Position = HeaderSize + start + number * TagSize;
        _file.ReadExactly(_box.AsSpan(0, TagSize + size));
        _aes.Decrypt(Nonce(number, start + size == Length), _box.AsSpan(TagSize, size), _box.AsSpan(0, TagSize), _piece.AsSpan(0, size));
        (_loaded, _loadedSize) = (number, size);
    }

    private static AesGcm Aes(byte[] key, byte[] salt) =>
        new(HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, salt, "tongxin-file-1"u8.ToArray()), TagSize);

    private static byte[] Nonce(long number, bool last)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteInt64BigEndian(nonce, number);
        nonce[11] = last ? (byte)1 : (byte)0;
        return nonce;
    }
}
