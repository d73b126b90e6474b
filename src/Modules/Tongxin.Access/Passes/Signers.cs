using System.Collections.Concurrent;
using Tongxin.Access.Data;
using Tongxin.Core.Passes;
using Tongxin.Platform.Data;

namespace Tongxin.Access.Passes;

/// <summary>Opened keys, kept for the next pass: opening one costs more than signing with it. An issuer serves one thread at a time.</summary>
internal sealed class Signers(SecretBox box)
{
    private readonly ConcurrentDictionary<string, ConcurrentBag<PassIssuer>> _free = new(StringComparer.Ordinal);

    public (string Text, KeyId Key) Sign(PassKey key, Pass pass)
    {
        var bag = _free.GetOrAdd(key.KeyId, _ => []);
        var issuer = bag.TryTake(out var free) ? free : new PassIssuer(key.Open(box));
        var text = issuer.Issue(pass);
        bag.Add(issuer);
        return (text, issuer.Key);
    }
}
