#pragma once

#include <string>

#include "checkpoint.hpp"
#include "pickle.hpp"
#include "torch_objects.hpp"

namespace attest::formats::import {

/// The tensors of a pickle: of a state dict, of the one among its members that is a state dict, or of a whole module,
/// under the names of its state_dict().
///
/// Hyperparameters are the scalars beside the state dict (`model_args.n_head`), and those of modules
/// (`encoder.layers.0.norm_first`).
/// Throws  InputError: no tensors, several members with tensors and none named, a tensor that is not all there
Contents read_contents(const Pickle& pickle, const Storages& storages, const std::string& member,
                       const std::string& where);

}  // namespace attest::formats::import
