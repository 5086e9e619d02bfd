/**
 * Loaded before a part of the local world (`node --import`): when the process that started it is gone, even by kill -9, the part ends as if told to.
 * The channel to the parent closes with the parent, whatever happened to it.
 */
import process from 'node:process'

if (process.channel) {
  process.channel.unref()
  process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))
}
