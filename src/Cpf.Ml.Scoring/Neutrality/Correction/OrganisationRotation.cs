using System.IO.Hashing;
using System.Text;

namespace Cpf.Ml.Scoring.Neutrality.Correction;

/// <summary>Offers that are equally relevant, in an order that favours no organisation: a seeded order of the organisations, one offer of each in turn.</summary>
/// <remarks>A random order of offers is not neutral: whoever posts most is seen most. The seed is of the day and the query and never of the person; the same seed gives the same order, so that anybody can replay it.</remarks>
public static class OrganisationRotation
{
    /// <param name="organisations">Of each offer, all equally relevant.</param>
    /// <param name="seed">Day and query.</param>
    /// <param name="cap">Offers that an organisation has at most before all others have had theirs; the rest come last, in turn as well.</param>
    /// <returns>Places of the offers, from the first position on.</returns>
    public static IReadOnlyList<int> Order(IReadOnlyList<string> organisations, string seed, int cap = int.MaxValue)
    {
        var queues = organisations.Index().GroupBy(one => one.Item, StringComparer.Ordinal).OrderBy(group => Hash(seed, group.Key)).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Select(one => one.Index).OrderBy(place => Hash(seed, $"{group.Key} {place}")).ToList()).ToList();
        return [.. InTurn([.. queues.Select(queue => queue[..Math.Min(cap, queue.Count)])]), .. InTurn([.. queues.Select(queue => queue[Math.Min(cap, queue.Count)..])])];
    }

    /// <summary>One of each in turn, until none has any left.</summary>
    /// <param name="queues">Offers of each organisation, the organisations in their order.</param>
    public static IEnumerable<int> InTurn(IReadOnlyList<IReadOnlyList<int>> queues) =>
        Enumerable.Range(0, queues.Select(queue => queue.Count).DefaultIfEmpty(0).Max()).SelectMany(round => queues.Where(queue => queue.Count > round).Select(queue => queue[round]));

    private static ulong Hash(string seed, string name) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{seed}\n{name}"));
}
