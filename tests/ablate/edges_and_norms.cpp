#include "../soft/naive_doubles.hpp"
#include "../soft/random_soft_model.hpp"
#include "ablated.hpp"
#include "attest/soft/evaluate.hpp"
#include "attest/soft/words.hpp"
#include "checker/network/removal.hpp"
#include "checker/soft/soft_evaluator.hpp"
#include "checker/soft/word_scores.hpp"
#include "decide/ablate/edges.hpp"

// Edges of models with norms by the sentence that defines them: a head reads vectors less what some heads have added, before
// its norm. Against that in doubles: balls and doubles of the prover, intervals and doubles of the checker, all of which know
// only models with more coordinates.

namespace {

using namespace ablated;
using exact::Rational;
using soft::tests::Doubles;

/// The model in doubles, with what each head has added kept on its own.
class WithoutEdges {
  public:
    WithoutEdges(const network::Transformer& t, const Parts& edges) : t_(t), edges_(edges) {}

    double score(const Word& word) {
        network::Transformer embedding = t_;
        embedding.layers.clear();
        std::vector<Doubles> y = embed(word);
        for (std::size_t l = 0; l < t_.layers.size(); ++l) layer(l, y);
        Doubles last = y[static_cast<std::size_t>(t_.readout_position(static_cast<std::int64_t>(y.size())) - 1)];
        if (t_.final_norm) last = soft::tests::normed(*t_.final_norm, last);
        double score = t_.readout.bias.get_d();
        for (std::size_t c = 0; c < last.size(); ++c) score += t_.readout.weight[c].get_d() * last[c];
        return score;
    }

  private:
    std::vector<Doubles> embed(const Word& word) const {
        std::vector<const exact::Vector*> symbols;
        if (t_.begin) symbols.push_back(&t_.begin_embedding);
        for (const language::Symbol s : word) symbols.push_back(&t_.embedding[s]);
        if (t_.end) symbols.push_back(&t_.end_embedding);
        const auto n = static_cast<std::int64_t>(symbols.size());
        std::vector<Doubles> y;
        for (std::int64_t p = 1; p <= n; ++p) {
            Doubles& v = y.emplace_back();
            for (std::size_t c = 0; c < t_.dimension; ++c)
                v.push_back((*symbols[static_cast<std::size_t>(p - 1)])[c].get_d() +
                            (t_.position.empty() ? 0 : soft::tests::value(t_.position[c], {.i = p, .n = n})));
            if (t_.embedding_norm) v = soft::tests::normed(*t_.embedding_norm, v);
        }
        return y;
    }

    void layer(std::size_t l, std::vector<Doubles>& y) {
        const network::Layer& layer = t_.layers[l];
        if (layer.attention) attend(l, y);
        for (Doubles& v : y)
            if (layer.feedforward) v = soft::tests::fed(*layer.feedforward, v);
    }

    void attend(std::size_t l, std::vector<Doubles>& y) {
        const network::Attention& part = *t_.layers[l].attention;
        const bool post = soft::tests::is(part.norm, network::Norm::Placement::post);
        std::vector<Doubles> sum = part.residual ? y : std::vector<Doubles>(y.size(), Doubles(t_.dimension));
        for (std::size_t h = 0; h < part.heads.size(); ++h) {
            network::Attention alone = part;
            alone.heads = {part.heads[h]};
            alone.residual = false;
            if (post) alone.norm.reset();
            std::vector<Doubles> head = y;
            for (const Part& edge : edges_)
                if (edge.to_layer == l + 1 && edge.to_head == h + 1) subtract(added_.at({edge.layer, edge.head}), head);
            soft::tests::attend(alone, head);
            for (std::size_t p = 0; p < sum.size(); ++p)
                for (std::size_t c = 0; c < sum[p].size(); ++c) sum[p][c] += head[p][c];
            added_[{l + 1, h + 1}] = std::move(head);
        }
        y = std::move(sum);
        for (Doubles& v : y)
            if (post) v = soft::tests::normed(*part.norm, v);
    }

    static void subtract(const std::vector<Doubles>& less, std::vector<Doubles>& from) {
        for (std::size_t p = 0; p < from.size(); ++p)
            for (std::size_t c = 0; c < from[p].size(); ++c) from[p][c] -= less[p][c];
    }

    const network::Transformer& t_;
    const Parts& edges_;
    std::map<std::pair<std::size_t, std::size_t>, std::vector<Doubles>> added_;
};

/// With some norms before parts, and some after.
network::Transformer normed_model(base::Random& random) {
    network::Transformer t = tests::random_soft_model(random);
    const auto settle = [&](auto& part) {
        if (!part) return;
        if (random.chance(3, 4)) part->residual = true;
        if (part->norm && random.chance(3, 4)) part->norm->placement = network::Norm::Placement::pre;
    };
    for (network::Layer& layer : t.layers) {
        settle(layer.attention);
        settle(layer.feedforward);
    }
    network::Norm norm{network::Norm::Placement::post, network::Norm::Kind::rms, Rational(1, 3),
                       exact::Vector(t.dimension, Rational(1)), exact::Vector(t.dimension)};
    if (random.chance(1, 2)) t.embedding_norm = norm;
    t.final_norm = norm;
    return t;
}

checker::Model checkers_model(const network::Transformer& t, const Parts& edges, checker::Budget& budget) {
    checker::Model model = checker::read_model(
        formats::write_model(t), "model.json", [](const std::string&) { return std::string_view(); }, budget);
    std::vector<checker::Removed> removed;
    for (const Part& edge : edges) removed.push_back({edge.layer, edge.head, edge.to_layer, edge.to_head});
    checker::cut_edges(model, removed, budget);
    return model;
}

}  // namespace

TEST_CASE("without edges a head of a model with norms reads the norm of what is left", "[ablate]") {
    constexpr double near = 1e-9;
    const std::uint64_t seed = tests::seed();
    std::size_t cut = 0, changed = 0, in_doubles = 0;
    for (std::uint64_t k = 0; k < tests::trials(80); ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 66000 + k);
        const network::Transformer t = normed_model(random);
        const std::int64_t length = 1 + static_cast<std::int64_t>(random.below(3));
        Parts edges;
        for (const Part& edge : ablate::edges_of(t))
            if (random.chance(1, 2)) edges.push_back(edge);
        if (edges.empty()) continue;
        ++cut;
        const network::Transformer rest = ablate::without(t, ablate::Removal{edges});
        const soft::Evaluator evaluator(rest, length, 128), whole(t, length, 128);
        checker::Budget budget(UINT64_MAX / 4, UINT64_MAX / 4);
        const checker::Model model = checkers_model(t, edges, budget);
        const checker::SoftInstance instance = instantiate(model, static_cast<std::size_t>(length), 160, budget);
        const bool fits = soft::supports_words(rest);
        std::optional<soft::WordScores> words;
        std::optional<checker::WordScores> checkers_words;
        if (fits) words.emplace(rest, length), checkers_words.emplace(instance, budget);
        for_all_words(t, length, [&](const Word& word) {
            const double expected = WithoutEdges(t, edges).score(word);
            CAPTURE(t.alphabet.spell(word), expected);
            if (!std::isfinite(expected)) return;  // exponentials that are not shifted overflow
            CHECK(std::abs(evaluator.score(word).middle() - expected) < near * (1 + std::abs(expected)));
            const checker::Interval checked = score(instance, {word.begin(), word.end()}, budget);
            CHECK(std::abs(checked.low().get_d() - expected) < near * (1 + std::abs(expected)));
            changed += std::abs(whole.score(word).middle() - expected) > 1e-6 ? 1 : 0;
            if (!fits) return;
            const language::Word prefix(word.begin(), word.end() - words->free_symbols());
            std::size_t index = 0;
            for (std::size_t i = prefix.size(); i < word.size(); ++i) index = index * t.alphabet.size() + word[i];
            const exact::Interval found = words->scores(prefix)[index];
            const checker::WordScores::Score theirs = (*checkers_words)({word.begin(), word.end()});
            const exact::Ball true_score = evaluator.score(word);
            if (found.is_finite()) {
                ++in_doubles;
                CHECK(Rational(found.lo) <= true_score.upper());
                CHECK(true_score.lower() <= Rational(found.hi));
                CHECK(found.width() < 1e-6);
            }
            if (!(theirs.error < 1)) return;
            CHECK(Rational(theirs.value - theirs.error) <= true_score.upper());
            CHECK(true_score.lower() <= Rational(theirs.value + theirs.error));
        });
    }
    CHECK(cut > 10);
    CHECK(changed > 20);
    CHECK(in_doubles > 20);
}

TEST_CASE("smallest sets of edges of models with norms, with certificates", "[ablate]") {
    const std::uint64_t seed = tests::seed();
    std::size_t some = 0, tried = 0;
    for (std::uint64_t k = 0; k < tests::trials(30); ++k) {
        CAPTURE(seed, k);
        base::Random random(seed + 67000 + k);
        const network::Transformer t = normed_model(random);
        if (ablate::edges_of(t).empty()) continue;
        const formats::ModelFile file = file_of(t);
        certify::Archive archive;
        const certify::Ablation found =
            certify::ablate_parts({file, nullptr, {}, certify::Taken::edges}, 2, {}, {}, {}, archive);
        if (found.kept.empty()) continue;  // a score of 0
        ++tried;
        for (const certify::KeptParts& kept : found.kept) CHECK(kept.verdict.holds());
        CHECK(found.shown == found.outcome.broken.size());
        some += found.kept.front().kept.empty() ? 0 : 1;
    }
    CHECK(tried > 5);
    CHECK(some > 0);
}
