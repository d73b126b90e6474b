using Tongxin.Platform.Access;
using Tongxin.Platform.Modules;

namespace Tongxin.Platform.SignIn;

/// <summary>Where "/" leads each actor: the first entry of the menu of the face that is theirs.</summary>
internal sealed class FirstPage(IEnumerable<IModule> modules)
{
    // Whoever has a list or a gate of their own wants it first; a desk worker has none.
    private static readonly Face[] HelpersOrder = [Face.Helper, Face.Post, Face.Office, Face.Resident];
    private static readonly Face[] GuardsOrder = [Face.Post, Face.Helper, Face.Office, Face.Resident];
    private static readonly Face[] DesksOrder = [Face.Office, Face.Post, Face.Helper, Face.Resident];

    public string Of(Actor actor)
    {
        var entries = modules.SelectMany(m => m.Menu).Where(e => actor.Can(e.Permission)).OrderBy(e => e.Order).ToList();
        var faces = Holds(actor, Roles.Captain, Roles.Helper) || actor.Grants.All(g => g.Role == Roles.OnDuty) ? HelpersOrder : Holds(actor, Roles.Guard, Roles.Sampler) ? GuardsOrder : DesksOrder;
        return faces.Select(f => entries.Find(e => e.Face == f)?.Href).FirstOrDefault(h => h is not null) ?? "/account";
    }

    private static bool Holds(Actor actor, params string[] roles) => actor.Grants.Any(g => roles.Contains(g.Role));
}
