using Tongxin.Access.FieldPack;
using Tongxin.Access.Gates;
using Tongxin.Access.Passes;
using Tongxin.Access.Permits;
using Tongxin.Access.Restrictions;
using Tongxin.Access.Returns;
using Tongxin.Access.Scans;
using Tongxin.Platform.Modules;

namespace Tongxin.Access;

/// <summary>Restrictions and why they stand, the pass that shows them, gates and their scans, permits, return registration.</summary>
public sealed class AccessModule() : PartedModule(
    new RestrictionsPart(), new PassesPart(), new GatesPart(), new PermitsPart(), new ScansPart(), new ReturnsPart(), new FieldPart())
{
    /// <inheritdoc />
    public override string Name => "access";

    /// <inheritdoc />
    public override Type Texts => typeof(AccessText);
}

/// <summary>Marker of the module's texts.</summary>
public sealed class AccessText;
