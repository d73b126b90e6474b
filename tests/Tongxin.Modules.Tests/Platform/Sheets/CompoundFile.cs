using System.Buffers.Binary;
using System.Text;

namespace Tongxin.Modules.Tests.Platform.Sheets;

/// <summary>
/// The smallest OLE compound file that holds streams: a header, one sector of the allocation table, one of the directory, the
/// streams. As Office writes a workbook with a password. [MS-CFB] 2.2 to 2.6, [MS-OFFCRYPTO] 2.3.4.10.
/// </summary>
internal static class CompoundFile
{
    private const int Sector = 512;
    private const int EntryLength = 128;
    private const int Shortest = 4_096; // shorter streams would need a table of their own
    private const uint EndOfChain = 0xFFFF_FFFE, Free = 0xFFFF_FFFF, TableSector = 0xFFFF_FFFD;

    /// <summary>An .xlsx behind a password: the parameters of the encryption in the open, and a package nobody can read.</summary>
    public static byte[] EncryptedWorkbook(string packageName = "EncryptedPackage") => Of(("EncryptionInfo", Parameters()), (packageName, new byte[Shortest]));

    /// <summary>At most three streams, shorter names first, as the directory is ordered.</summary>
    private static byte[] Of(params (string Name, byte[] Content)[] streams)
    {
        var padded = streams.Select(s => (s.Name, Content: s.Content.Concat(Enumerable.Repeat((byte)' ', Math.Max(0, Shortest - s.Content.Length))).ToArray())).ToList();
        var table = new List<uint> { TableSector, EndOfChain };
        var directory = new byte[Sector];
        Entry(directory, 0, "Root Entry", type: 5, right: Free, child: 1, start: EndOfChain, size: 0);
        for (var i = 0; i < padded.Count; i++)
        {
            var sectors = (padded[i].Content.Length + Sector - 1) / Sector;
            Entry(directory, i + 1, padded[i].Name, type: 2, right: i + 1 < padded.Count ? (uint)i + 2 : Free, child: Free, start: (uint)table.Count, size: padded[i].Content.Length);
            for (var s = 1; s <= sectors; s++) table.Add(s == sectors ? EndOfChain : (uint)table.Count + 1);
        }

        var file = new byte[Sector * (1 + table.Count)];
        Header(file);
        for (var i = 0; i < Sector / 4; i++) Write(file, Sector + (i * 4), i < table.Count ? table[i] : Free);
        directory.CopyTo(file, 2 * Sector);
        var at = 3 * Sector;
        foreach (var (_, content) in padded)
        {
            content.CopyTo(file, at);
            at += (content.Length + Sector - 1) / Sector * Sector;
        }

        return file;
    }

    private static void Header(byte[] file)
    {
        new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1 }.CopyTo(file, 0);
        new byte[] { 0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0 }.CopyTo(file, 24); // version 3, little endian, sectors of 512 and 64
        Write(file, 44, 1);
        Write(file, 48, 1);
        Write(file, 56, Shortest);
        Write(file, 60, EndOfChain);
        Write(file, 68, EndOfChain);
        for (var i = 1; i < 109; i++) Write(file, 76 + (i * 4), Free);
    }

    private static void Entry(byte[] directory, int index, string name, byte type, uint right, uint child, uint start, int size)
    {
        var at = index * EntryLength;
        directory[at + 64] = (byte)(Encoding.Unicode.GetBytes(name, directory.AsSpan(at)) + 2);
        directory[at + 66] = type;
        directory[at + 67] = 1;
        Write(directory, at + 68, Free);
        Write(directory, at + 72, right);
        Write(directory, at + 76, child);
        Write(directory, at + 116, start);
        Write(directory, at + 120, (uint)size);
    }

    private static void Write(byte[] into, int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(into.AsSpan(at), value);

    /// <summary>Version 4.4, "agile": AES-256 and SHA-512 as Excel 2013 and later choose them; every salt and hash is zero.</summary>
    private static byte[] Parameters()
    {
        var (salt, hash, key) = (Zeros(16), Zeros(64), Zeros(32));
        const string Cipher = "blockSize=\"16\" keyBits=\"256\" hashSize=\"64\" cipherAlgorithm=\"AES\" cipherChaining=\"ChainingModeCBC\" hashAlgorithm=\"SHA512\" saltSize=\"16\"";
        var xml = $"""
            <encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><keyData {Cipher} saltValue="{salt}"/><dataIntegrity encryptedHmacKey="{hash}" encryptedHmacValue="{hash}"/><keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><p:encryptedKey spinCount="1000" {Cipher} saltValue="{salt}" encryptedVerifierHashInput="{salt}" encryptedVerifierHashValue="{hash}" encryptedKeyValue="{key}"/></keyEncryptor></keyEncryptors></encryption>
            """;
        return [4, 0, 4, 0, 0x40, 0, 0, 0, .. Encoding.UTF8.GetBytes(xml)];

        static string Zeros(int length) => Convert.ToBase64String(new byte[length]);
    }
}
