#include <algorithm>
#include <map>
#include <optional>

#include "forms.hpp"

// The constant-depth form after Hao, Angluin & Frank 2022. "The head chooses candidate c" is one AND: c is there and
// nothing that ranks above it is. Since exactly one value of a position holds, "v holds" can be said without v's own
// literals as "no other value does", so both signs of a value that is a disjunction of gates flatten into the AND
// that uses it, and a layer costs two levels:
//   directly      AND (own value, a chosen candidate for each head), then OR of the ANDs of a value; or,
//   in two steps  AND for each choice of each head, then AND (own value, not chosen: each candidate of another image).
// The first has one gate for each combination of candidates, the second one for each combination of images; the
// cheaper one is taken.

namespace attest::compile {

namespace {

using circuit::Literal;

class Selection {
  public:
    Selection(circuit::Builder& builder, const Situation& situation) : builder_(builder), s_(situation) {}

    ConstantDepthCases cases() {
        double direct = 0, stepwise = 0;
        std::map<std::pair<std::size_t, const Ranking*>, bool> counted;
        for (const auto& asked : s_.asked) {
            double combinations = 1, images = 1;
            for (std::size_t h = 0; h < asked.size(); ++h) {
                combinations *= static_cast<double>(asked[h]->candidates);
                images *= static_cast<double>(asked[h]->images.size());
                if (counted.try_emplace({h, asked[h]}, true).second)
                    stepwise += static_cast<double>(asked[h]->candidates);
            }
            direct += combinations;
            stepwise += images;
        }
        const bool attends = !s_.asked.empty() && !s_.asked.front().empty();
        ConstantDepthCases result{{}, attends && direct <= stepwise};
        for (std::size_t z = 0; z < s_.own.size(); ++z)
            direct <= stepwise ? direct_cases(z, result.cases) : stepwise_cases(z, result.cases);
        return result;
    }

  private:
    const ValueSet& values(std::int64_t p) const { return s_.values[static_cast<std::size_t>(p)]; }

    static void push_absent(std::vector<Literal>& all, const Value& value) {
        for (const Literal l : value.holds) all.push_back(!l);
    }

    void push_present(std::vector<Literal>& all, const ValueSet& set, std::size_t v) const {
        if (set[v].holds.size() == 1) return all.push_back(set[v].holds.front());
        for (std::size_t w = 0; w < set.size(); ++w)
            if (w != v) push_absent(all, set[w]);
    }

    /// Pushes "the head chooses the candidate": it is there, and what ranks above it is not.
    void push_chosen(std::vector<Literal>& all, const Ranking& ranking, const Candidate& chosen,
                     std::size_t rank) const {
        push_present(all, values(chosen.position), chosen.value);
        for (std::size_t c = 0; c <= rank; ++c)
            for (const Step& step : ranking.classes[c]) {
                if (step.position == chosen.position) continue;
                const bool above = c < rank || ranking.prefers(step.position, chosen.position);
                if (!above) continue;
                for (const Candidate& other : step.candidates) push_absent(all, values(step.position)[other.value]);
            }
    }

    struct Ranked {
        Candidate candidate;
        std::size_t rank;
    };
    static std::vector<Ranked> list(const Ranking& ranking) {
        std::vector<Ranked> all;
        for (std::size_t c = 0; c < ranking.classes.size(); ++c)
            for (const Step& step : ranking.classes[c])
                for (const Candidate& candidate : step.candidates) all.push_back({candidate, c});
        return all;
    }

    /// Whether the own value and the chosen ones name no position twice with different values.
    bool compatible(std::size_t z, const std::vector<Ranked>& chosen) const {
        for (std::size_t a = 0; a < chosen.size(); ++a) {
            const Candidate& x = chosen[a].candidate;
            if (x.position == s_.position && x.value != z) return false;
            for (std::size_t b = 0; b < a; ++b)
                if (const Candidate& y = chosen[b].candidate; x.position == y.position && x.value != y.value)
                    return false;
        }
        return true;
    }

    void direct_cases(std::size_t z, std::vector<Case>& result) {
        const auto& asked = s_.asked[z];
        std::vector<std::vector<Ranked>> lists;
        std::vector<std::uint32_t> bounds;
        for (const Ranking* ranking : asked) {
            lists.push_back(list(*ranking));
            bounds.push_back(static_cast<std::uint32_t>(lists.back().size()));
        }
        if (asked.empty()) {
            result.push_back({s_.combine(z, {}), s_.own[z].holds});
            return;
        }
        for_each_choice(bounds, [&](const std::vector<std::uint32_t>& choice) {
            s_.poll();
            std::vector<Ranked> chosen;
            for (std::size_t h = 0; h < choice.size(); ++h) chosen.push_back(lists[h][choice[h]]);
            if (!compatible(z, chosen)) return;
            std::vector<Literal> all;
            std::vector<std::uint32_t> images;
            push_present(all, s_.own, z);
            for (std::size_t h = 0; h < chosen.size(); ++h) {
                push_chosen(all, *asked[h], chosen[h].candidate, chosen[h].rank);
                images.push_back(chosen[h].candidate.image);
            }
            add(result, s_.combine(z, images), builder_.conjunction(all));
        });
    }

    /// "The head chooses …" for each candidate in the order of `list`.
    const std::vector<Literal>& selectors(std::size_t h, const Ranking& ranking) {
        const auto [at, fresh] = selectors_.try_emplace({h, &ranking});
        if (fresh)
            for (const Ranked& r : list(ranking)) {
                std::vector<Literal> all;
                push_chosen(all, ranking, r.candidate, r.rank);
                at->second.push_back(builder_.conjunction(all));
            }
        return at->second;
    }

    void stepwise_cases(std::size_t z, std::vector<Case>& result) {
        const auto& asked = s_.asked[z];
        std::vector<std::uint32_t> bounds;
        for (const Ranking* ranking : asked) bounds.push_back(static_cast<std::uint32_t>(ranking->images.size()));
        for_each_choice(bounds, [&](const std::vector<std::uint32_t>& images) {
            s_.poll();
            std::vector<Literal> all;
            push_present(all, s_.own, z);
            for (std::size_t h = 0; h < images.size(); ++h) {
                const std::vector<Literal>& chosen = selectors(h, *asked[h]);
                const std::vector<Ranked> ranked = list(*asked[h]);
                for (std::size_t k = 0; k < ranked.size(); ++k)
                    if (ranked[k].candidate.image != images[h]) all.push_back(!chosen[k]);
            }
            add(result, s_.combine(z, images), builder_.conjunction(all));
        });
    }

    static void add(std::vector<Case>& result, exact::Vector vector, Literal holds) {
        if (holds != circuit::bottom) result.push_back({std::move(vector), {holds}});
    }

    circuit::Builder& builder_;
    const Situation& s_;
    std::map<std::pair<std::size_t, const Ranking*>, std::vector<Literal>> selectors_;
};

}  // namespace

ConstantDepthCases constant_depth_cases(circuit::Builder& builder, const Situation& situation) {
    return Selection(builder, situation).cases();
}

}  // namespace attest::compile
