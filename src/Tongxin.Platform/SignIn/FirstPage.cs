using Tongxin.Platform.Access;
using Tongxin.Platform.Modules;

namespace Tongxin.Platform.SignIn;

/// <summary>Where "/" leads each actor: the first entry of the menu of the face that is theirs.</summary>
internal sealed class FirstPage(IEnumerable<IModule> modules)
{
    // Whoever has a list of their own wants it first; a desk worker has none.
    private static readonly Face[] Order = [Face.Helper, Face.Post, Face.Office, Face.Resident];

    public string Of(Actor actor)
    {
        var entries = modules.SelectMany(m => m.Menu).Where(e => actor.Can(e.Permission)).OrderBy(e => e.Order).ToList();
        var faces = HasOwnList(actor) ? Order : [Face.Office, Face.Post, Face.Helper, Face.Resident];
        return faces.Select(f => entries.Find(e => e.Face == f)?.Href).FirstOrDefault(h => h is not null) ?? "/account";
    }

    private static bool HasOwnList(Actor actor) => actor.Grants.Any(g => g.Role is Roles.Captain or Roles.Helper);
}
