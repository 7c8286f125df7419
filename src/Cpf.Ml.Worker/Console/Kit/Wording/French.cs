using System.Text.RegularExpressions;

namespace Cpf.Ml.Worker.Console.Kit.Wording;

/// <summary>French typography.</summary>
internal static partial class French
{
    /// <summary>Makes the spaces before : ; ? ! % and within « » non-breaking, so that no line begins with a
    /// colon.</summary>
    public static string Typeset(string text) => After().Replace(Before().Replace(text, "\u00a0"), "«\u00a0");

    [GeneratedRegex("[ ](?=[:;?!%»])")]
    private static partial Regex Before();

    [GeneratedRegex("«[ ]")]
    private static partial Regex After();
}
