using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Tongxin.Platform.Data;

namespace Tongxin.Platform.Access;

/// <summary>Data protection keys lie sealed: whoever reads the database alone can make nobody's session.</summary>
internal sealed class SealKeys(IServiceProvider services) : IXmlEncryptor
{
    // Asked for at the first use: a restore must find no box opened before it has put the key back.
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(
        new XElement("sealed", Convert.ToBase64String(services.GetRequiredService<SecretBox>().Seal(plaintextElement.ToString(SaveOptions.DisableFormatting)) ?? [])), typeof(UnsealKeys));
}

/// <summary>Named in each stored key, and made from that name.</summary>
internal sealed class UnsealKeys(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) =>
        XElement.Parse(services.GetRequiredService<SecretBox>().Unseal(Convert.FromBase64String(encryptedElement.Value)) ?? throw new FormatException("The key is empty."));
}
