namespace Cpf.Ml.Scoring.Tests;

public sealed class AccentsTests
{
    [Theory]
    [InlineData("Élève à Noël", "Eleve a Noel")]
    [InlineData("GARÇON", "GARCON")]
    [InlineData("cœur, 20 %", "cœur, 20 %")]
    [InlineData("", "")]
    public void Strip_removes_accents_only(string text, string plain) =>
        Assert.Equal(plain, Accents.Strip(text));
}
