namespace Tongxin.Access.Returns;

/// <summary>返校备案: declaration, decision by rules, batches and slots, arrival, observation.</summary>
internal sealed class ReturnsPart : AccessPart;
