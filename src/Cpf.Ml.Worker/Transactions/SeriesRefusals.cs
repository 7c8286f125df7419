using Cpf.Ml.Worker.Hosting;

namespace Cpf.Ml.Worker.Transactions;

/// <summary>Refusals of requests about a series.</summary>
internal static class SeriesRefusals
{
    public static RefusedException NoSeries(string id) => new(404, new(
        $"La série {id} n'est pas surveillée. Vérifiez le lien\u00a0; une série qui ne vient plus depuis longtemps est "
            + $"oubliée.",
        $"The series {id} is not watched. Check the link; a series without data for long is forgotten."));

    public static RefusedException NotWarm() => new(409, new(
        "Cette série n'est connue que depuis peu\u00a0: rien n'y est encore habituel, et elle apprend d'elle-même.",
        "This series has been known for a short time only: it has no baseline yet, and learns by itself."));

    public static RefusedException BadId(string id) => new(400, new(
        $"«\u00a0{id}\u00a0» n'est pas le numéro d'une série\u00a0: 16 chiffres hexadécimaux.",
        $"\"{id}\" is not the id of a series: 16 hexadecimal digits."));
}
