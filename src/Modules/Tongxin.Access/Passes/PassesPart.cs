namespace Tongxin.Access.Passes;

/// <summary>The signed pass of a person, its keys, trust list and revocations.</summary>
internal sealed class PassesPart : AccessPart;
