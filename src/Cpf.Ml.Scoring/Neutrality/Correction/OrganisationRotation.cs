using System.Buffers;
using System.IO.Hashing;
using System.Text;

namespace Cpf.Ml.Scoring.Neutrality.Correction;

/// <summary>Offers that are equally relevant, in an order that favours no organisation: a seeded order of the
/// organisations, one offer of each in turn.</summary>
/// <remarks>A random order of offers is not neutral: whoever posts most is seen most. The seed is of the day and the
/// query and never of the person; the same seed gives the same order, so that anybody can replay it.</remarks>
internal sealed class OrganisationRotation
{
    private readonly int[] _organisations;
    private readonly int[] _turns;
    private readonly ulong[] _offers;
    private readonly int[] _counts;

    /// <param name="organisations">Of each offer.</param>
    /// <param name="seed">Day and query.</param>
    public OrganisationRotation(IReadOnlyList<string> organisations, string seed)
    {
        var names = organisations.Distinct(StringComparer.Ordinal)
            .OrderBy(name => Hash(seed, name)).ThenBy(name => name, StringComparer.Ordinal)
            .Index().ToDictionary(
                organisation => organisation.Item, organisation => organisation.Index, StringComparer.Ordinal);
        _organisations = [.. organisations.Select(name => names[name])];
        _offers = [.. organisations.Select((name, index) => Hash(seed, $"{name} {index}"))];
        (_turns, _counts) = (new int[organisations.Count], new int[names.Count]);
    }

    /// <summary>Sorts places of equally relevant offers, all those beyond a cap last.</summary>
    /// <param name="indices">Indices of equally relevant offers, sorted in place.</param>
    /// <param name="cap">Offers that an organisation has at most before all others have had theirs; the rest come last,
    /// in turn as well.</param>
    /// <returns>Those beyond the cap, in their order.</returns>
    public int[] Sort(Span<int> indices, int cap = int.MaxValue)
    {
        indices.Sort((left, right) => _offers[left].CompareTo(_offers[right]));
        Array.Clear(_counts);
        foreach (var index in indices)
        {
            _turns[index] = _counts[_organisations[index]]++;
        }

        indices.Sort((left, right) =>
        {
            var late = (_turns[left] >= cap).CompareTo(_turns[right] >= cap);
            var turn = late != 0 ? late : _turns[left].CompareTo(_turns[right]);
            return turn != 0 ? turn : _organisations[left].CompareTo(_organisations[right]);
        });
        var within = indices.Length;
        while (within > 0 && _turns[indices[within - 1]] >= cap)
        {
            within--;
        }

        return [.. indices[within..]];
    }

    /// <summary>All offers, equally relevant, from the first position on.</summary>
    public static IReadOnlyList<int> Order(IReadOnlyList<string> organisations, string seed, int cap = int.MaxValue)
    {
        var indices = Enumerable.Range(0, organisations.Count).ToArray();
        new OrganisationRotation(organisations, seed).Sort(indices, cap);
        return indices;
    }

    private static ulong Hash(string seed, string name)
    {
        var length = Encoding.UTF8.GetMaxByteCount(seed.Length + name.Length + 1);
        var bytes = ArrayPool<byte>.Shared.Rent(length);
        var written = Encoding.UTF8.GetBytes(seed, bytes);
        bytes[written++] = (byte)'\n';
        written += Encoding.UTF8.GetBytes(name, bytes.AsSpan(written));
        var hash = XxHash3.HashToUInt64(bytes.AsSpan(0, written));
        ArrayPool<byte>.Shared.Return(bytes);
        return hash;
    }
}
