namespace Cpf.Ml.Scoring.Alerts;

/// <summary>Words the rarity of a p-value, with no more precision than a calibrated p-value has.</summary>
public static class Rarity
{
    /// <summary>The rarity of a point, «1 point sur 20 000»: rounded to 1, 2 or 5 times a power of ten; never finer
    /// than 1 in 100 000.</summary>
    /// <param name="pValue">In (0, 1].</param>
    public static Text Of(double pValue) =>
        Of(pValue, new("point", "point"), new("un point ordinaire", "an ordinary point"));

    /// <summary>The rarity of a transaction, «1 transaction sur 20 000», rounded likewise.</summary>
    /// <param name="pValue">In (0, 1].</param>
    public static Text OfTransaction(double pValue) =>
        Of(pValue, new("transaction", "transaction"), new("une transaction ordinaire", "an ordinary transaction"));

    private static Text Of(double pValue, Text noun, Text ordinary)
    {
        if (pValue <= 1e-5)
        {
            return new($"1\u00a0{noun.Fr} sur 100\u202f000 ou plus rare", $"1 {noun.En} in 100,000 or rarer");
        }

        if (!(pValue < 0.7))
        {
            return ordinary;
        }

        var count = Amounts.Number(Round(1 / pValue));
        return new($"1\u00a0{noun.Fr} sur {count.Fr}", $"1 {noun.En} in {count.En}");
    }

    /// <summary>The nearest of 1, 2 and 5 times a power of ten, by ratio.</summary>
    private static double Round(double count)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(count)));
        double[] steps = [power, 2 * power, 5 * power, 10 * power];
        return steps.MinBy(step => Math.Abs(Math.Log(step / count)));
    }
}
