#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "attest/base/limits.hpp"
#include "attest/decide/threshold/specification.hpp"
#include "attest/network/guhat.hpp"

namespace attest::threshold {

/// Networks that were found, and questions at which a short search found none: what constructions build on. Of networks
/// that see positions.
class Library {
  public:
    void add(const Specification& specification, const network::Guhat& network);
    /// Of this class, language and length; nothing if there is none.
    const network::Guhat* find(const Specification& specification) const;

    /// Nothing was found at this length, so that longer ones are not tried either.
    void give_up(const Specification& specification);
    bool gave_up(const Specification& specification) const;

    /// Networks whose reader learns the answer by one head of the last layer alone; null where a search found none.
    using Peelings = std::map<std::pair<std::int64_t, std::int64_t>, std::optional<network::Guhat>>;  ///< heads, length
    /// Those of two layers, for a language and so many activations.
    Peelings& peelings(const Specification& specification);

  private:
    using Class =
        std::tuple<std::string, std::int64_t, std::int64_t, std::int64_t, Reading, Mask, bool>;  // by its language
    static Class class_of(const Specification& specification);

    std::map<std::pair<Class, std::int64_t>, network::Guhat> networks_;  // by length, too
    std::map<Class, std::int64_t> shortest_failure_;
    std::map<std::pair<std::string, std::int64_t>, Peelings>
        peelings_;  ///< by language and activations, 0 if unbounded
};

struct Extension {
    network::Guhat network;  ///< run on all words
    std::string how;         ///< `blocks of 8 and 8 symbols`
};

/// Builds a network from smaller ones.
///
/// One of a smaller class in the library is given idle heads, an idle layer, or more activations. Without a mask and with
/// any attention, words are cut into blocks: other positions of the word compute theirs in all layers but the last, where
/// a head of the reader looks at each of them; the reader computes its own block either in these layers, or in all of
/// them with the other heads. So reach_end(L+1, H) >= reach_end(L, H) + H reach_last(L, H), and
/// reach_end(L, H+1) >= reach_end(L, H) + reach_last(L-1, H+1). Where a head of the last layer learns more of a block
/// than any of its positions knows, because it looks for what is there (`peeling_search.hpp`), the reader has a block
/// for each: reach_end(L, H) >= reach_end(L-1, H) + H peel(L, H), and peel(L+1, H) >= (H+1) peel(L, H), where groups of
/// H + 1 symbols are added in the first layer. Read at the last position, a network may also do what one
/// with an end symbol does there on the symbols before, if it can keep its own in mind.
///
/// `search_shortly`: asked for the networks of blocks that are neither in the library nor built in turn. `seed`: of the
/// search for peelings.
/// Gives   nothing where no construction fits, or a limit was reached; says nothing then
/// Exact   what is given has been run on all words
std::optional<Extension> extend(
    const Specification& specification, Library& library,
    const std::function<std::optional<network::Guhat>(const Specification&)>& search_shortly, std::uint64_t seed,
    const base::Limits& limits);

}  // namespace attest::threshold
