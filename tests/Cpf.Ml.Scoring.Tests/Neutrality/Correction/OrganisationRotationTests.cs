using Cpf.Ml.Scoring.Neutrality.Correction;
using CsCheck;

namespace Cpf.Ml.Scoring.Tests.Neutrality.Correction;

public sealed class OrganisationRotationTests
{
    private static readonly Gen<string[]> Offers = Gen.Int[0, 6].Select(i => $"O{i}").Array[1, 30];

    [Fact]
    public void Each_turn_has_one_offer_of_every_organisation_that_has_one_left() =>
        Gen.Select(Offers, Gen.Int[0, 1000]).Sample((offers, seed) =>
        {
            var turns = new Dictionary<string, int>();
            var order = OrganisationRotation.Order(offers, $"{seed}").Select(offer =>
                turns[offers[offer]] = turns.GetValueOrDefault(offers[offer]) + 1).ToList();
            Assert.Equal(order.Order(), order);
        });

    [Fact]
    public void Organisations_come_in_the_same_sequence_in_every_turn() =>
        Gen.Select(Gen.Int[2, 6], Gen.Int[2, 4], Gen.Int[0, 1000]).Sample((organisations, offers, seed) =>
        {
            string[] all = [.. Enumerable.Range(0, organisations * offers).Select(i => $"O{i % organisations}")];
            var turns = OrganisationRotation.Order(all, $"{seed}").Select(offer => all[offer]).Chunk(organisations);
            Assert.All(turns, turn => Assert.Equal(turns.First(), turn));
        });

    [Fact]
    public void Offers_beyond_the_cap_come_after_all_others_and_are_named() =>
        Gen.Select(Offers, Gen.Int[1, 3]).Sample((offers, cap) =>
        {
            var order = Enumerable.Range(0, offers.Length).ToArray();
            var beyond = new OrganisationRotation(offers, "seed").Sort(order, cap);
            Assert.Equal(offers.CountBy(name => name).Sum(own => Math.Max(0, own.Value - cap)), beyond.Length);
            Assert.Equal(beyond, order[^beyond.Length..]);
        });

    [Fact]
    public void Every_organisation_is_first_equally_often_over_the_days()
    {
        // Chi-squared with 4 degrees of freedom is above 18.5 once in a thousand times.
        string[] offers = ["A", "A", "A", "A", "B", "C", "D", "E", "E"];
        var firsts = Enumerable.Range(0, 2000)
            .CountBy(day => offers[OrganisationRotation.Order(offers, $"day {day}")[0]]).ToList();
        Assert.Equal(5, firsts.Count);
        Assert.InRange(firsts.Sum(first => Math.Pow(first.Value - 400, 2) / 400), 0, 18.5);
    }

    [Fact]
    public void Another_seed_gives_another_order()
    {
        string[] offers = [.. Enumerable.Range(0, 10).Select(i => $"O{i}")];
        Assert.NotEqual(OrganisationRotation.Order(offers, "monday"), OrganisationRotation.Order(offers, "tuesday"));
    }
}
