namespace Tongxin.Access.Permits;

/// <summary>Permits to go out and in: hospital, supplier, visitor, return to campus, emergency exit.</summary>
internal sealed class PermitsPart : AccessPart;
