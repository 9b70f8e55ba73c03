#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attest/network/transformer.hpp"
#include "attest/record/record.hpp"
#include "soft/attribution.hpp"

namespace attest::record {

/// What each part of a model adds to the score of a word: a member of the results of `eval` and `prove`.
struct Attribution {
    struct Part {
        std::string part;                         ///< `embedding`, `head`, `feedforward`, `norms` or `readout`
        std::optional<std::int64_t> layer, head;  ///< from 1
        std::vector<std::string> adds;            ///< least, greatest

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("part", self.part);
            field.optional("layer", self.layer);
            field.optional("head", self.head);
            field.required("adds", self.adds);
        }
    };

    std::vector<Part> parts;
    std::vector<std::string> sum;  ///< likewise
    std::optional<std::string> accepted,
        rejected;  ///< the classes whose logits are compared, where there are classes; where none is accepted the answer and the next

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.required("parts", self.parts);
        field.required("sum", self.sum);
        field.optional("accepted", self.accepted);
        field.optional("rejected", self.rejected);
    }
};

Attribution attribution(const network::Transformer& transformer, const soft::Attribution& found);

}  // namespace attest::record
