using System.Collections.Immutable;

namespace Cpf.Ml.Scoring.Matching.Model;

/// <summary>What was learnt: weights, and the fiches and texts themselves.</summary>
/// <param name="Jobs">Codes, in order.</param>
/// <param name="Prior">Share of fiches that declare each job.</param>
/// <param name="Fiches">With jobs that are declared, by their places.</param>
/// <param name="Documents">All that the ROME says of each job, as one text.</param>
/// <param name="Mobilities">Of each job, those that people move to.</param>
/// <param name="Ancestors">Of every fiche of the register that has some.</param>
public sealed record MatchingKnowledge(
    ImmutableArray<string> Jobs, float[] Prior, FeatureSpace Space, LinearModel Linear, LinearModel Choice, IReadOnlyList<(Fiche Fiche, SparseRow Row, int[] Jobs)> Fiches, IReadOnlyList<SparseRow> Documents,
    IReadOnlyList<HashSet<int>> Mobilities, IReadOnlyDictionary<string, ImmutableArray<string>> Ancestors);
