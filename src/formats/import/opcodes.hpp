#pragma once

#include <cstdint>
#include <string_view>

namespace attest::formats::import {

/// The operations of pickles that describe data. What is missing here (PERSID, INST, OBJ, EXT1 …) torch.save does not
/// write.
/// Source  the module pickletools of Python
enum class Opcode : std::uint8_t {
    mark = '(',
    stop = '.',
    append = 'a',
    appends = 'e',
    build = 'b',
    binput = 'q',
    long_binput = 'r',
    binget = 'h',
    long_binget = 'j',
    binfloat = 'G',
    binint = 'J',
    binint1 = 'K',
    binint2 = 'M',
    none = 'N',
    binpersid = 'Q',
    reduce = 'R',
    binstring = 'T',
    short_binstring = 'U',
    binunicode = 'X',
    empty_list = ']',
    empty_dict = '}',
    empty_tuple = ')',
    global = 'c',
    setitem = 's',
    setitems = 'u',
    tuple = 't',
    binbytes = 'B',
    short_binbytes = 'C',
    proto = 0x80,
    newobj = 0x81,
    tuple1 = 0x85,
    tuple2 = 0x86,
    tuple3 = 0x87,
    newtrue = 0x88,
    newfalse = 0x89,
    long1 = 0x8a,
    long4 = 0x8b,
    short_binunicode = 0x8c,
    binunicode8 = 0x8d,
    empty_set = 0x8f,
    additems = 0x90,
    stack_global = 0x93,
    memoize = 0x94,
    frame = 0x95
};

/// The name of any operation that pickles know, for messages; empty for a byte that is none.
std::string_view opcode_name(std::uint8_t byte);

}  // namespace attest::formats::import
