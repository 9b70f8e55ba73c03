#pragma once

#include <memory>
#include <string>
#include <vector>

#include "attest/base/error.hpp"
#include "machine.hpp"

namespace attest::induction {

/// What machines of a model are tried, the smallest first.
std::vector<Parameters> parameters_of(const network::Transformer& model);

/// What `use` makes of the first machine with which it comes to an end.
///
/// use     takes a machine, which it may keep, and its parameters
/// Throws  Unsupported, for the reason of the smallest machine, if there is none
template <typename Use>
auto with_machine(const network::Transformer& model, const Use& use) {
    require_sequential(model);
    std::string why;
    for (const Parameters& p : parameters_of(model)) {
        try {
            std::unique_ptr<Machine> machine = std::make_unique<Machine>(model, p);
            return use(machine, p);
        } catch (const base::Unsupported& reason) {
            if (why.empty()) why = reason.what();
        }
    }
    throw base::Unsupported(why);
}

}  // namespace attest::induction
