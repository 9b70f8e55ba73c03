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

  private:
    using Class =
        std::tuple<std::string, std::int64_t, std::int64_t, std::int64_t, Reading, Mask, bool>;  // by its language
    static Class class_of(const Specification& specification);

    std::map<std::pair<Class, std::int64_t>, network::Guhat> networks_;  // by length, too
    std::map<Class, std::int64_t> shortest_failure_;
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
/// reach_end(L, H+1) >= reach_end(L, H) + reach_last(L-1, H+1). Read at the last position, a network may also do what one
/// with an end symbol does there on the symbols before, if it can keep its own in mind.
///
/// `search_shortly`: asked for the networks of blocks that are neither in the library nor built in turn.
/// Gives   nothing where no construction fits, or a limit was reached; says nothing then
/// Exact   what is given has been run on all words
std::optional<Extension> extend(
    const Specification& specification, Library& library,
    const std::function<std::optional<network::Guhat>(const Specification&)>& search_shortly,
    const base::Limits& limits);

}  // namespace attest::threshold
