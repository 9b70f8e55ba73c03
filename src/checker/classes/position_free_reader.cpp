#include <algorithm>

#include "checker/classes/position_free.hpp"
#include "checker/core/cursor.hpp"
#include "checker/network/table_values.hpp"

// FORMAT.md, section 9: a network without positions as tables. Each table must have an answer for whatever can be asked
// of it, no more and no less, so that the network is one function.

namespace attest::checker {
namespace {

class PositionFreeReader {
  public:
    explicit PositionFreeReader(Budget& budget) : budget_(budget) {}

    PositionFree read(const Cursor& top) {
        top.only({"format", "version", "alphabet", "end", "length", "layers", "heads", "activations", "attention",
                  "activation", "accept"});
        if (top.at("format").string() != "attest/position-free")
            top.at("format").fail("\"attest/position-free\" was expected");
        top.at("version").integer(1, 1);
        read_symbols(top);
        n_.length = read_natural_between(top.at("length"), 0, 64);
        n_.layers = read_natural_between(top.at("layers"), 1, 64);
        n_.heads = read_natural_between(top.at("heads"), 1, 1024);
        n_.activations = read_natural_between(top.at("activations"), 2, 1 << 20);
        const Cursor attention = top.at("attention");
        for (std::size_t k = 0; k < attention.size(); ++k) read_attention(attention.item(k));
        const Cursor activation = top.at("activation");
        for (std::size_t k = 0; k < activation.size(); ++k) read_activation(activation.item(k));
        const Cursor accept = top.at("accept");
        for (std::size_t k = 0; k < accept.size(); ++k) {
            const Cursor at = accept.item(k);
            at.only({"value", "attended"});
            if (!n_.accept.insert(seen(at, n_.layers)).second) at.fail("it occurs twice");
        }
        return std::move(n_);
    }

  private:
    void read_symbols(const Cursor& top) {
        const Cursor alphabet = top.at("alphabet");
        for (std::size_t a = 0; a < alphabet.size(); ++a) n_.alphabet.push_back(alphabet.item(a).string());
        n_.end = top.at("end").string();
        if (std::find(n_.alphabet.begin(), n_.alphabet.end(), n_.end) != n_.alphabet.end())
            top.at("end").fail("the symbol is in the alphabet");
    }

    /// A value after the layer.
    std::size_t value(const Cursor& at, std::size_t layer) const {
        if (layer > 0) return read_natural_between(at, 0, n_.activations - 1);
        if (at.string() == n_.end) return n_.alphabet.size();
        const auto found = std::find(n_.alphabet.begin(), n_.alphabet.end(), at.string());
        if (found == n_.alphabet.end()) at.fail("\"" + at.string() + "\" is not in the alphabet");
        return static_cast<std::size_t>(found - n_.alphabet.begin());
    }

    /// Own value and what the heads found, in the layer: nothing, or one value for each head.
    std::vector<std::size_t> seen(const Cursor& at, std::size_t layer) {
        std::vector<std::size_t> all{value(at.at("value"), layer - 1)};
        const Cursor attended = at.at("attended");
        if (attended.size() != 0 && attended.size() != n_.heads)
            attended.fail("nothing, or a value for each head, was expected");
        for (std::size_t h = 0; h < attended.size(); ++h) all.push_back(value(attended.item(h), layer - 1));
        budget_.memory(96 + 8 * all.size());
        return all;
    }

    void read_attention(const Cursor& at) {
        at.only({"layer", "head", "value", "prefer"});
        const std::size_t layer = read_natural_between(at.at("layer"), 1, n_.layers);
        const std::size_t head = read_natural_between(at.at("head"), 1, n_.heads);
        const std::size_t own = value(at.at("value"), layer - 1);
        budget_.memory(96);
        if (!queries_.insert({layer, head, own}).second) at.fail("a second entry for this layer, head and value");
        const Cursor prefer = at.at("prefer");
        for (std::size_t k = 0; k < prefer.size(); ++k)
            for (std::size_t m = 0; m < prefer.item(k).size(); ++m) {
                const Cursor wanted = prefer.item(k).item(m);
                budget_.memory(96);
                if (!n_.classes.emplace(std::array{layer, head, own, value(wanted, layer - 1)}, k).second)
                    wanted.fail("the head's preference of this value is given twice");
            }
    }

    void read_activation(const Cursor& at) {
        at.only({"layer", "value", "attended", "becomes"});
        const std::size_t layer = read_natural_between(at.at("layer"), 1, n_.layers - 1);
        std::vector<std::size_t> place = seen(at, layer);
        place.insert(place.begin(), layer);
        if (!n_.becomes.emplace(place, read_natural_between(at.at("becomes"), 0, n_.activations - 1)).second)
            at.fail("a second entry for this layer and what is seen");
    }

    Budget& budget_;
    PositionFree n_;
    std::set<std::array<std::size_t, 3>> queries_;  ///< [layer, head, value of the query] that have an entry
};

}  // namespace

PositionFree read_position_free(std::string_view bytes, const std::string& file, Budget& budget) {
    const Json json = parse_json(bytes, file, budget);
    return PositionFreeReader(budget).read(Cursor(json, file + ": "));
}

}  // namespace attest::checker
