using System.Collections.Frozen;
using System.Reflection;
using System.Reflection.Emit;

namespace Cpf.Ml.Tests.Architecture;

/// <summary>
/// The types that each type of an assembly uses, read from declarations, attributes, locals and every instruction. A
/// nested type, a closure and a state machine count as the type around them. Of a member that is called the types of
/// its signature count too, because that is where the value of an enum, which is a bare number in the code, can be
/// seen. What the compiler leaves nothing of cannot be seen: a constant of another type, <c>nameof</c>, a local that it
/// optimised away.
/// </summary>
internal static class TypeUses
{
    private const BindingFlags Declared = BindingFlags.DeclaredOnly
        | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    private static readonly FrozenDictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToFrozenDictionary(code => code.Value);

    /// <summary>Who uses whom, both as types that stand in no other type; nobody uses itself.</summary>
    public static IReadOnlySet<(Type User, Type Used)> In(Assembly assembly)
    {
        var uses = new HashSet<(Type, Type)>();
        foreach (var type in assembly.GetTypes())
        {
            var user = Outermost(type);
            foreach (var used in UsedBy(type).Where(used => used is not null).SelectMany(used => Parts(used!)))
                if (used != user)
                    uses.Add((user, used));
        }

        return uses;
    }

    private static IEnumerable<Type?> UsedBy(Type type) =>
    [
        type.BaseType,
        .. type.GetInterfaces(),
        .. type.GetGenericArguments().SelectMany(parameter => parameter.GetGenericParameterConstraints()),
        .. InAttributes(type),
        .. type.GetFields(Declared).SelectMany(field => InAttributes(field).Append(field.FieldType)),
        .. type.GetProperties(Declared).SelectMany(InAttributes),
        .. type.GetEvents(Declared).SelectMany(InAttributes),
        .. type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared)).SelectMany(InMethod),
    ];

    private static IEnumerable<Type?> InMethod(MethodBase method) =>
    [
        .. InSignature(method),
        .. InAttributes(method),
        .. method.GetParameters().SelectMany(parameter => InAttributes(parameter.GetCustomAttributesData())),
        .. method.IsGenericMethod
            ? method.GetGenericArguments().SelectMany(parameter => parameter.GetGenericParameterConstraints()) : [],
        .. method.GetMethodBody() is { } body ? InBody(method, body) : [],
    ];

    private static IEnumerable<Type?> InSignature(MethodBase method) =>
        method.GetParameters().Select(parameter => parameter.ParameterType).Append((method as MethodInfo)?.ReturnType);

    private static IEnumerable<Type?> InBody(MethodBase method, MethodBody body) =>
    [
        .. body.LocalVariables.Select(local => local.LocalType),
        .. body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)
            .Select(clause => clause.CatchType),
        .. Tokens(body.GetILAsByteArray()!).SelectMany(token => InMember(Resolved(method, token))),
    ];

    private static MemberInfo Resolved(MethodBase method, int token) => method.Module.ResolveMember(
        token, method.DeclaringType!.GetGenericArguments(),
        method.IsGenericMethod ? method.GetGenericArguments() : null)!;

    private static IEnumerable<Type?> InMember(MemberInfo member) => member switch
    {
        Type type => [type],
        FieldInfo field => [field.DeclaringType, field.FieldType],
        MethodBase method => [method.DeclaringType,
            .. method.IsGenericMethod ? method.GetGenericArguments() : [], .. InSignature(method)],
        _ => throw new NotSupportedException($"{member.MemberType} {member}"),
    };

    private static IEnumerable<Type?> InAttributes(MemberInfo member) => InAttributes(member.GetCustomAttributesData());

    private static IEnumerable<Type?> InAttributes(IEnumerable<CustomAttributeData> attributes) =>
        attributes.SelectMany(attribute =>
        attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(argument => argument.TypedValue))
            .SelectMany(InArgument).Append(attribute.AttributeType));

    private static IEnumerable<Type?> InArgument(CustomAttributeTypedArgument argument) => argument.Value switch
    {
        Type type => [type],
        IEnumerable<CustomAttributeTypedArgument> several => several.SelectMany(InArgument),
        _ => [argument.ArgumentType],
    };

    /// <summary>The tokens of members in the instructions of a body.</summary>
    private static IEnumerable<int> Tokens(byte[] il)
    {
        for (var at = 0; at < il.Length;)
        {
            var code = OpCodesByValue[il[at] == 0xFE ? BitConverter.ToInt16([il[at + 1], il[at]]) : il[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok
                or OperandType.InlineType)
                yield return BitConverter.ToInt32(il, at);
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, at),
                _ => 4,
            };
        }
    }

    /// <summary>A type and its type arguments, each without brackets, pointers and the types around it.</summary>
    private static IEnumerable<Type> Parts(Type type) => type switch
    {
        { HasElementType: true } => Parts(type.GetElementType()!),
        { IsGenericParameter: true } or { IsFunctionPointer: true } => [],
        { IsConstructedGenericType: true } =>
            type.GetGenericArguments().SelectMany(Parts).Append(Outermost(type.GetGenericTypeDefinition())),
        _ => [Outermost(type)],
    };

    private static Type Outermost(Type type) => type.DeclaringType is { } around ? Outermost(around) : type;
}
