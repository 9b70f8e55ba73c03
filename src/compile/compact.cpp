#include <algorithm>
#include <map>

#include "forms.hpp"

// The compact form: one chain over the positions of each class of equal score, shared between asking positions by
// structural hashing (under a mask the chain of position i is a prefix of that of i + 1), then the classes from the
// last to the first. Gates are made in the order that FORMAT.md, section 6.3, lays down; a second implementation
// makes the same ones.

namespace attest::compile {

namespace {

using circuit::Literal;

struct Chain {
    Literal exists = circuit::bottom;    // E: some candidate of the class is there
    Literal selected = circuit::bottom;  // G[u]: the one that wins within the class has the image u
};

class Attention {
  public:
    Attention(circuit::Builder& builder, const Situation& situation) : builder_(builder), s_(situation) {}

    /// "The head attends to image u", for each u.
    std::vector<Literal> attended(const Ranking& ranking) {
        descending_ = ranking.mask == network::Mask::future || ranking.mask == network::Mask::strict_future;
        keep_first_ = (ranking.tie == network::Tie::left) != descending_;
        const std::size_t images = ranking.images.size();
        if (images == 1) return {circuit::top};
        std::vector<Literal> result, others;
        for (std::uint32_t u = 0; u + 1 < images; ++u) {
            s_.poll();
            Literal r = chain(ranking.classes.back(), u).selected;
            for (std::size_t c = ranking.classes.size() - 1; c-- > 0;) {
                const Chain k = chain(ranking.classes[c], u);
                r = builder_.disjunction({k.selected, builder_.conjunction({!k.exists, r})});
            }
            result.push_back(r);
            others.push_back(!r);
        }
        result.push_back(builder_.conjunction(others));
        return result;
    }

  private:
    Literal present(const Step& step, const std::vector<Candidate>& candidates) {
        std::vector<Literal> literals;
        for (const Candidate& c : candidates)
            literals.push_back(s_.values[static_cast<std::size_t>(step.position)][c.value].holds.front());
        return builder_.disjunction(literals);
    }

    Chain chain(const std::vector<Step>& steps, std::uint32_t u) {
        const std::uint32_t first_image = steps.front().candidates.front().image;
        bool single = true;
        for (const Step& step : steps)
            for (const Candidate& c : step.candidates) single &= c.image == first_image;
        Chain k;
        for (std::size_t t = 0; t < steps.size(); ++t)
            extend(k, steps[descending_ ? steps.size() - 1 - t : t], u, single);
        if (single) k.selected = first_image == u ? k.exists : circuit::bottom;
        return k;
    }

    void extend(Chain& k, const Step& step, std::uint32_t u, bool single) {
        const Literal any = step.whole ? circuit::top : present(step, step.candidates);
        if (!single) {
            std::vector<Candidate> with_u;
            std::copy_if(step.candidates.begin(), step.candidates.end(), std::back_inserter(with_u),
                         [&](const Candidate& c) { return c.image == u; });
            const Literal here = with_u.size() == step.candidates.size() ? any : present(step, with_u);
            k.selected = keep_first_ ? builder_.disjunction({k.selected, builder_.conjunction({!k.exists, here})})
                                     : builder_.disjunction({here, builder_.conjunction({!any, k.selected})});
        }
        k.exists = builder_.disjunction({k.exists, any});
    }

    circuit::Builder& builder_;
    const Situation& s_;
    bool descending_ = false;  // of the head in hand
    bool keep_first_ = true;
};

}  // namespace

void compact_cases(circuit::Builder& builder, const Situation& situation, const std::function<void(Case)>& take) {
    Attention attention(builder, situation);
    std::map<std::pair<std::size_t, const Ranking*>, std::vector<Literal>> known;  // by head and ranking (one a query)
    constexpr std::size_t looked_every = 256;
    std::size_t made = 0;
    for (std::size_t z = 0; z < situation.own.size(); ++z) {
        std::vector<const std::vector<Literal>*> attended;
        std::vector<std::uint32_t> bounds;
        for (std::size_t h = 0; h < situation.asked[z].size(); ++h) {
            const Ranking* ranking = situation.asked[z][h];
            auto at = known.find({h, ranking});
            if (at == known.end()) at = known.emplace(std::pair(h, ranking), attention.attended(*ranking)).first;
            attended.push_back(&at->second);
            bounds.push_back(static_cast<std::uint32_t>(at->second.size()));
        }
        for_each_choice(bounds, [&](const std::vector<std::uint32_t>& images) {
            std::vector<Literal> all = situation.own[z].holds;
            for (std::size_t h = 0; h < images.size(); ++h) all.push_back((*attended[h])[images[h]]);
            const Literal holds = builder.conjunction(all);
            if (holds != circuit::bottom) take({situation.combine(z, images), {holds}});
            if (++made % looked_every == 0) situation.poll();
        });
    }
}

void for_each_choice(const std::vector<std::uint32_t>& bounds,
                     const std::function<void(const std::vector<std::uint32_t>&)>& visit) {
    if (std::find(bounds.begin(), bounds.end(), 0U) != bounds.end()) return;
    std::vector<std::uint32_t> choice(bounds.size(), 0);
    for (;;) {
        visit(choice);
        std::size_t k = bounds.size();
        while (k > 0 && choice[k - 1] + 1 == bounds[k - 1]) choice[--k] = 0;
        if (k == 0) return;
        ++choice[k - 1];
    }
}

}  // namespace attest::compile
