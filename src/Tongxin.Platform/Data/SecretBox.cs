using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Tongxin.Platform.Data;

/// <summary>
/// Seals identity numbers, phones and free text about health: AES-256-GCM in the row, a keyed index beside it for look-up.
/// The key is a file of the installation, made at first start, never in the database and never in a backup of it.
/// </summary>
public sealed class SecretBox
{
    private const byte Version = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly byte[] _sealKey;
    private readonly byte[] _indexKey;

    // Making one costs several times what it then does to a cell; none may serve two threads at once.
    private readonly ConcurrentBag<AesGcm> _ciphers = [];
    private readonly ConcurrentBag<IncrementalHash> _hashes = [];

    /// <param name="key">64 bytes: 32 to seal, 32 to index.</param>
    public SecretBox(byte[] key)
    {
        if (key.Length != 64) throw new ArgumentException("The key has 64 bytes.", nameof(key));
        (_sealKey, _indexKey) = (key[..32], key[32..]);
    }

    /// <summary>Reads the key file, or makes it with owner-only rights when there is none.</summary>
    public static SecretBox Open(string file)
    {
        if (!File.Exists(file))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".");
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var stream = new FileStream(file, options);
            stream.Write(RandomNumberGenerator.GetBytes(64));
        }
        return new SecretBox(File.ReadAllBytes(file));
    }

    /// <summary>Seals a text; null stays null.</summary>
    public byte[]? Seal(string? text)
    {
        if (text is null) return null;
        var plain = Encoding.UTF8.GetBytes(text);
        var box = new byte[1 + NonceSize + TagSize + plain.Length];
        box[0] = Version;
        var nonce = box.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        var aes = TakeCipher();
        aes.Encrypt(nonce, plain, box.AsSpan(1 + NonceSize + TagSize), box.AsSpan(1 + NonceSize, TagSize));
        _ciphers.Add(aes);
        return box;
    }

    /// <summary>Opens what <see cref="Seal"/> made; null stays null. Throws when the bytes were changed or the key is another.</summary>
    public string? Unseal(byte[]? box)
    {
        if (box is null) return null;
        if (box.Length < 1 + NonceSize + TagSize || box[0] != Version) throw new CryptographicException("Not a sealed value.");
        var plain = new byte[box.Length - 1 - NonceSize - TagSize];
        var aes = TakeCipher();
        aes.Decrypt(box.AsSpan(1, NonceSize), box.AsSpan(1 + NonceSize + TagSize), box.AsSpan(1 + NonceSize, TagSize), plain);
        _ciphers.Add(aes);
        return Encoding.UTF8.GetString(plain);
    }

    /// <summary>A key of its own for another use ("platform.files"), 32 bytes; it says nothing about the others.</summary>
    internal byte[] KeyFor(string purpose) => HKDF.Expand(HashAlgorithmName.SHA256, _sealKey, 32, Encoding.UTF8.GetBytes(purpose));

    /// <summary>
    /// Equal texts of one <paramref name="purpose"/> give equal 16 bytes; without the key they say nothing.
    /// Give the canonical form of the text.
    /// </summary>
    public byte[]? Index(string purpose, string? text)
    {
        if (text is null) return null;
        var hash = _hashes.TryTake(out var free) ? free : IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _indexKey);
        hash.AppendData(Encoding.UTF8.GetBytes($"{purpose}\n{text}"));
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        hash.GetHashAndReset(whole);
        _hashes.Add(hash);
        return whole[..16].ToArray();
    }

    private AesGcm TakeCipher() => _ciphers.TryTake(out var free) ? free : new AesGcm(_sealKey, TagSize);
}
