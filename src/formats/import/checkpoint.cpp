#include "checkpoint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/base/json.hpp"
#include "base/digest.hpp"
#include "base/quote.hpp"
#include "bytes.hpp"
#include "onnx.hpp"
#include "torch_file.hpp"

namespace attest::formats::import {

namespace fs = std::filesystem;

namespace {

/// What wrappers put before every name: DataParallel, torch.compile, Lightning and scripts that hold a network as
/// `model`.
constexpr std::array<std::string_view, 3> wrappers = {"module.", "_orig_mod.", "model."};

Contents read_safetensors(std::string_view file, const std::string& name) {
    Contents contents;
    for (const auto& [key, tensor] : formats::read_tensors(file, name)) {
        if (tensor.type == NumberType::unread) {
            contents.ignored.push_back(key);
            continue;
        }
        contents.tensors[key] = {tensor.type, tensor.shape, contiguous_strides(tensor.shape), 0, tensor.bytes};
    }
    return contents;
}

bool looks_like_safetensors(std::string_view file) {
    return file.size() > 9 && file[8] == '{' && little_endian(file.substr(0, 8)) <= file.size() - 8;
}

[[noreturn]] void refuse(std::string_view file, const std::string& name) {
    if (file.size() > 262 && file.substr(257, 5) == "ustar")
        throw base::InputError(name, "a checkpoint of torch 0.3 or later", "a tar archive, as torch wrote before");
    if (file.starts_with("\x80"))
        throw base::InputError(name, "a file that torch.save wrote", "a pickle that it did not write");
    throw base::InputError(name, "a checkpoint (torch.save: a zip archive or the layout before 1.6; safetensors)",
                           file.empty() ? "an empty file" : "another kind of file");
}

Contents read_any(std::string_view file, const std::string& name, const std::string& member, std::string& container) {
    if (name.ends_with(".onnx")) refuse_onnx(file, name);
    if (file.starts_with("PK")) return container = "PyTorch (zip)", read_torch_zip(file, name, member);
    if (is_legacy_torch(file)) return container = "PyTorch (before 1.6)", read_legacy_torch(file, name, member);
    if (!name.ends_with(".safetensors") && !looks_like_safetensors(file)) refuse(file, name);
    container = "safetensors";
    return read_safetensors(file, name);
}

void drop_prefixes(Checkpoint& checkpoint) {
    for (auto prefix = wrappers.begin(); prefix != wrappers.end();) {
        const bool all = std::all_of(checkpoint.tensors.begin(), checkpoint.tensors.end(),
                                     [&](const auto& entry) { return entry.first.starts_with(*prefix); });
        if (!all || checkpoint.tensors.empty()) {
            ++prefix;
            continue;
        }
        std::map<std::string, Array> renamed;
        for (auto& [name, array] : checkpoint.tensors) renamed.emplace(name.substr(prefix->size()), std::move(array));
        checkpoint.tensors = std::move(renamed);
        for (Hyperparameter& hyperparameter : checkpoint.hyperparameters)
            if (hyperparameter.name.starts_with(*prefix)) hyperparameter.name.erase(0, prefix->size());
        checkpoint.dropped.emplace_back(*prefix);
        prefix = wrappers.begin();
    }
}

/// Adds what one file holds.
void add_file(Checkpoint& checkpoint, std::string bytes, const std::string& name, const std::string& member) {
    checkpoint.bytes.push_back(std::make_unique<const std::string>(std::move(bytes)));
    Contents contents = read_any(*checkpoint.bytes.back(), name, member, checkpoint.container);
    for (auto& [key, array] : contents.tensors)
        if (!checkpoint.tensors.emplace(key, std::move(array)).second)
            throw base::InputError(name, "each tensor in one file", base::named(key) + " again");
    const auto append = [](auto& all, auto& more) { all.insert(all.end(), more.begin(), more.end()); };
    append(checkpoint.hyperparameters, contents.hyperparameters);
    append(checkpoint.ignored, contents.ignored);
}

Checkpoint finish(Checkpoint checkpoint, const std::string& path) {
    checkpoint.file = path;
    std::string digests;
    for (const auto& bytes : checkpoint.bytes) digests += base::sha256(*bytes) + "\n";
    checkpoint.sha256 = checkpoint.bytes.size() == 1 ? digests.substr(0, 64) : base::sha256(digests);
    if (checkpoint.tensors.empty()) throw base::InputError(path, "tensors", "none");
    drop_prefixes(checkpoint);
    return checkpoint;
}

/// The files of a folder that hold its tensors.
std::vector<std::string> files_of(const fs::path& folder) {
    for (const char* name : {"model.safetensors", "pytorch_model.bin"})
        if (fs::exists(folder / name)) return {(folder / name).string()};
    for (const char* name : {"model.safetensors.index.json", "pytorch_model.bin.index.json"}) {
        const std::string index = (folder / name).string();
        if (!fs::exists(index)) continue;
        const base::Json document = base::Json::parse(base::read_file(index), index);
        std::set<std::string> files;
        for (const auto& [tensor, file] : base::JsonNode(document, index).at("weight_map").members()) {
            if (file.as_string().find('/') != std::string::npos) file.fail("the name of a file beside the index");
            files.insert((folder / file.as_string()).string());
        }
        return {files.begin(), files.end()};
    }
    throw base::InputError(folder.string(), "model.safetensors, pytorch_model.bin or an index of such files",
                           "neither");
}

}  // namespace

Checkpoint read_checkpoint(const std::string& path, const std::string& member, std::size_t at_most) {
    Checkpoint checkpoint;
    const bool folder = fs::is_directory(path);
    for (const std::string& file : folder ? files_of(path) : std::vector<std::string>{path})
        add_file(checkpoint, base::read_file(file, at_most), file, member);
    if (folder && fs::exists(fs::path(path) / "config.json"))
        checkpoint.config = (fs::path(path) / "config.json").string();
    return finish(std::move(checkpoint), path);
}

Checkpoint parse_checkpoint(std::string bytes, const std::string& name, const std::string& member) {
    Checkpoint checkpoint;
    add_file(checkpoint, std::move(bytes), name, member);
    return finish(std::move(checkpoint), name);
}

}  // namespace attest::formats::import
