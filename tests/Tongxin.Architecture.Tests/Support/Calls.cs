using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Tongxin.Architecture.Tests.Support;

/// <summary>What a method calls, or which types it mentions.</summary>
public static class Calls
{
    public static IEnumerable<(MethodDefinition From, MethodReference To)> In(IEnumerable<TypeDefinition> types) =>
        from method in types.SelectMany(t => t.Methods)
        where method.HasBody
        from instruction in method.Body.Instructions
        where instruction.OpCode.Code is Code.Call or Code.Callvirt or Code.Newobj or Code.Ldftn
        let to = instruction.Operand as MethodReference
        where to is not null
        select (method, to);

    /// <summary>Every type mentioned in the signatures, fields and code of a type.</summary>
    public static IEnumerable<TypeReference> TypesUsedBy(TypeDefinition type)
    {
        IEnumerable<TypeReference?> used =
        [
            type.BaseType,
            .. type.Interfaces.Select(i => i.InterfaceType),
            .. type.Fields.Select(f => f.FieldType),
            .. type.Methods.SelectMany(m => m.Parameters.Select(p => p.ParameterType).Append(m.ReturnType)),
            .. type.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Instructions).SelectMany(FromOperand),
        ];
        return used.OfType<TypeReference>().SelectMany(Open);
    }

    private static IEnumerable<TypeReference?> FromOperand(Instruction instruction) => instruction.Operand switch
    {
        TypeReference t => [t],
        GenericInstanceMethod g => [g.DeclaringType, .. g.GenericArguments],
        MethodReference m => [m.DeclaringType],
        FieldReference f => [f.DeclaringType, f.FieldType],
        _ => [],
    };

    private static IEnumerable<TypeReference> Open(TypeReference type) => type switch
    {
        GenericInstanceType g => g.GenericArguments.SelectMany(Open).Append(g.ElementType),
        TypeSpecification s => Open(s.ElementType),
        _ => [type],
    };
}
