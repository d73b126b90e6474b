using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Access;

/// <summary>Data protection keys lie sealed: whoever reads the database alone can make nobody's session.</summary>
internal sealed class SealKeys(SecretBox box) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(
        new XElement("sealed", Convert.ToBase64String(box.Seal(plaintextElement.ToString(SaveOptions.DisableFormatting)) ?? [])), typeof(UnsealKeys));
}

/// <summary>Named in each stored key, and made from that name.</summary>
internal sealed class UnsealKeys : IXmlDecryptor
{
    private readonly SecretBox _box;

    public UnsealKeys(IServiceProvider services) => _box = services.GetRequiredService<SecretBox>();

    public XElement Decrypt(XElement encryptedElement) =>
        XElement.Parse(_box.Unseal(Convert.FromBase64String(encryptedElement.Value)) ?? throw new FormatException("The key is empty."));
}
