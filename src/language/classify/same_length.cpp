#include "same_length.hpp"

#include <algorithm>
#include <set>

namespace attest::classify {

namespace {

using language::Symbol;
using language::Word;
using Element = Monoid::Element;

constexpr std::uint64_t unseen = UINT64_MAX;

/// The elements that words of one length are, each with one word's last letter and the element before it.
struct Layer {
    std::vector<std::uint64_t> from;  ///< by element: before · |Σ| + letter
};

Word word_in(const std::vector<Layer>& layers, std::size_t letters, Element e) {
    Word word;
    for (std::size_t t = layers.size(); t-- > 0;) {
        word.push_back(static_cast<Symbol>(layers[t].from[e] % letters));
        e = static_cast<Element>(layers[t].from[e] / letters);
    }
    std::reverse(word.begin(), word.end());
    return word;
}

}  // namespace

Word left_path(const Monoid& m, Element from, Element to) {
    std::vector<std::uint64_t> before(m.size(), unseen);
    std::vector<Element> queue{from};
    before[from] = 0;
    for (std::size_t k = 0; before[to] == unseen || k == 0; ++k)
        for (Symbol a = 0; a < m.letters(); ++a) {
            const Element next = m.left(a, queue[k]);
            if (before[next] != unseen) continue;
            before[next] = queue[k] * std::uint64_t{m.letters()} + a;
            queue.push_back(next);
        }
    // The letter that was put in front last comes first.
    Word word;
    for (Element e = to; e != from; e = static_cast<Element>(before[e] / m.letters()))
        word.push_back(static_cast<Symbol>(before[e] % m.letters()));
    return word;
}

std::optional<std::pair<Word, Word>> factors_around(const Monoid& m, Symbol b, Element e) {
    // First letters in front, then letters behind: vertex x while the former, |M| + x since the latter.
    std::vector<std::uint64_t> before(2 * m.size(), unseen);
    std::vector<std::uint64_t> queue{m.letter(b)};
    before[m.letter(b)] = 0;
    const std::uint64_t goal = m.size() + e;
    const auto visit = [&](std::uint64_t next, std::uint64_t how) {
        if (before[next] != unseen) return;
        before[next] = how;
        queue.push_back(next);
    };
    for (std::size_t k = 0; k < queue.size() && before[goal] == unseen; ++k) {
        const std::uint64_t at = queue[k];
        const auto x = static_cast<Element>(at % m.size());
        if (at < m.size()) {
            visit(m.size() + x, at * (m.letters() + 1) + m.letters());  // no letter: the side is changed
            for (Symbol a = 0; a < m.letters(); ++a) visit(m.left(a, x), at * (m.letters() + 1) + a);
        } else {
            for (Symbol a = 0; a < m.letters(); ++a) visit(m.size() + m.right(x, a), at * (m.letters() + 1) + a);
        }
    }
    if (before[goal] == unseen) return std::nullopt;
    Word front, back;
    for (std::uint64_t at = goal; at != m.letter(b);) {
        const std::uint64_t letter = before[at] % (m.letters() + 1);
        if (letter < m.letters()) (at < m.size() ? front : back).push_back(static_cast<Symbol>(letter));
        at = before[at] / (m.letters() + 1);
    }
    std::reverse(back.begin(), back.end());
    return std::pair(std::move(front), std::move(back));
}

std::optional<SameLength> words_of_one_length(const Monoid& m, const Green& green) {
    std::vector<Layer> layers;
    std::set<std::vector<bool>> seen;
    std::vector<Element> now{0};
    while (true) {
        Layer layer{std::vector<std::uint64_t>(m.size(), unseen)};
        std::vector<Element> next;
        std::vector<bool> set(m.size(), false);
        for (const Element e : now)
            for (Symbol a = 0; a < m.letters(); ++a) {
                const Element f = m.right(e, a);
                if (set[f]) continue;
                set[f] = true;
                layer.from[f] = e * std::uint64_t{m.letters()} + a;
                next.push_back(f);
            }
        layers.push_back(std::move(layer));
        std::sort(next.begin(), next.end());
        for (const Element g : next) {
            const Element e = green.identity[g];
            if (e != Green::none && e != g && set[e])
                return SameLength{e, g, word_in(layers, m.letters(), e), word_in(layers, m.letters(), g)};
        }
        if (!seen.insert(std::move(set)).second) return std::nullopt;
        now = std::move(next);
    }
}

}  // namespace attest::classify
